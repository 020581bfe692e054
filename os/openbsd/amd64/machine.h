/* openbsd/amd64: amd64/signal.h, struct sigcontext */
enum { ContextSP = 192, ContextPC = 168 };
