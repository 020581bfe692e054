/* openbsd/386: i386/signal.h, struct sigcontext */
enum { ContextSP = 56, ContextPC = 44 };
