/* windows/386: the system's functions pop their arguments, and their names say how many
 * bytes those have. Offsets in CONTEXT. */
#define WINAPI __attribute__((stdcall))
#define IMPORT(name, bytes) extern const uintptr_t windows_##name __asm__("__imp__" #name "@" #bytes)

enum { ContextSize = 716, ContextFlags = 0, ContextControl = 0x10001, ContextSP = 196, ContextPC = 184 };
