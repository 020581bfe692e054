/* darwin/amd64: mach/i386/_structs.h; machine/cpu_capabilities.h */
enum { ContextMachine = 48, ContextSP = 72, ContextPC = 144 };
#define COMMPAGE 0x7fffffe00000
