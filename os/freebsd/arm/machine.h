/* freebsd/arm: arm/ucontext.h, machine/sysarch.h, arm/_types.h */
typedef int64_t bsd_time;
enum { ContextSP = 68, ContextPC = 76 };
enum { SET_TLS = 2 }; /* ARM_SET_TP */
