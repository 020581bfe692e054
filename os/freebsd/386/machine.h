/* freebsd/386: x86/ucontext.h, machine/sysarch.h */
typedef intptr_t bsd_time;
enum { ContextSP = 88, ContextPC = 76 };
enum { SET_TLS = 10 }; /* I386_SET_GSBASE */
