/* darwin/386: mach/i386/_structs.h; machine/cpu_capabilities.h */
enum { ContextMachine = 28, ContextSP = 40, ContextPC = 52 };
#define COMMPAGE 0xffff0000
