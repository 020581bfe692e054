/* windows/amd64: the system's functions have the Microsoft convention. Offsets in CONTEXT. */
#define WINAPI __attribute__((ms_abi))
#define IMPORT(name, bytes) extern const uintptr_t windows_##name __asm__("__imp_" #name)

enum { ContextSize = 1232, ContextFlags = 48, ContextControl = 0x100001, ContextSP = 152, ContextPC = 248 };
