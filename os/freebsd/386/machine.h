/* freebsd/386: x86/ucontext.h, machine/sysarch.h */
typedef intptr_t bsd_time;
enum { ContextSP = 88, ContextPC = 76 };
/* Threads begin with a precision of 53 bits (machine/npx.h), and C counts on 64. */
#define BSD_FPINIT() __asm__ volatile("fninit")
enum { SET_TLS = 10 }; /* I386_SET_GSBASE */
