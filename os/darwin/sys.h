/* Darwin: sys/signal.h, sys/_types, sys/ucontext.h. */
#include "machine.h" /* of the arch: where a signal's context has its registers, and those pc and sp */

#define BSD_CONTEXT(ctx) (*(char **)((char *)(ctx) + ContextMachine))

typedef intptr_t bsd_time;
typedef int32_t bsd_usec;

struct bsd_sigset {
	uint32_t bits[1];
};
#define BSD_ALL ~0u
