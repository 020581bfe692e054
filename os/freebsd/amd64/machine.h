/* freebsd/amd64: x86/ucontext.h, machine/sysarch.h */
typedef intptr_t bsd_time;
enum { ContextSP = 200, ContextPC = 176 };
enum { SET_TLS = 129 }; /* AMD64_SET_FSBASE */
