/* windows/386: the system's functions pop their arguments, and their names say how many
 * bytes those have. Offsets in CONTEXT. */
#define WINAPI __attribute__((stdcall))
#define API(result, name, bytes, args) extern result (WINAPI *const windows_##name) args __asm__("__imp__" #name "@" #bytes)

enum { ContextSize = 716, ContextFlags = 0, ContextControl = 0x10001, ContextSP = 196, ContextPC = 184 };
