/* freebsd/386: x86/ucontext.h, machine/sysarch.h */
typedef intptr_t bsd_time;
enum { ContextSP = 88, ContextPC = 76 };
enum { SET_TLS = 10 }; /* I386_SET_GSBASE */
#define SET_TLS_ARG(mp) ((void *)&(mp)->tls[1]) /* where the pointer is read from: it points to itself */
#define TLS_POINTER(mp) ((void *)&(mp)->tls[1])
