/* What the models of the BSDs share: tables of calls, and frames for signals. */
#ifndef PERSONALITY_BSD_H
#define PERSONALITY_BSD_H

#include "host.h"

/* Where a word of struct context lies in the OS's saved context. */
struct pair {
	uint16_t host, image;
};
struct layout {
	uint16_t size; /* bytes of the context */
	uint16_t mask, maskwords;
	uint16_t npairs;
	struct pair pairs[24];
};

struct syscall {
	uint16_t number, words; /* words of arguments */
	intptr_t (*fn)(struct thread *t, uintptr_t *a); /* >= 0, -errno of Linux, or NoResult */
	const char *name;
};

enum { SaInfo = 0x40, SaOnstack = 1, SaNodefer = 0x10, SaRestart = 2 };
struct action {
	uintptr_t handler; /* 0 default, 1 ignored */
	uint32_t flags, mask[4];
	uintptr_t trampoline; /* 0: the kernel's own */
};

struct bsd {
	const struct syscall *calls;
	uint32_t ncalls;
	const struct layout *layout;
	uint32_t number0;   /* of calls: what the instruction adds to their numbers */
	uint16_t sigreturn; /* what the kernel's own trampoline calls; 0: it has none */
	/* clockid to one of ours, or -1 */
	int32_t (*clock)(uintptr_t id);
	bool time64;	    /* time_t has 64 bits, be it on a 32-bit machine */
	uint8_t timeval;    /* bytes of a struct timeval */
	uint32_t tick;	    /* ns that time-outs are rounded up to */
	bool (*maycall)(uintptr_t pc, uintptr_t number); /* or nil */
	uint16_t pointer, target; /* of the context, not 0: the word at pointer has the address of what is at target */
	uint32_t minstack;  /* bytes of a signal stack; 0: 2048 */
	uint8_t infoaddr;   /* of siginfo: where it has the address; 0: InfoAddr */
	/* Enters the handler with its frame at where, or nil: as frames.h does. False: no stack. */
	bool (*enter)(struct context *c, uintptr_t where, const struct action *a, int32_t sig, uintptr_t info, uintptr_t context);
};
/* Of a kernel with HZ=1000. The usual one has 100, on which the scheduler's shortest sleeps
 * take 20 ms, and the suite ten times as long: --hz 100. */
enum { TICK = 1000000 };
extern const struct bsd *bsd; /* of the model that runs */
extern struct action actions[NSIG];

void bsdinit(struct thread *t, struct context *c, uintptr_t stack, const struct bsd *what);
void bsdservice(struct thread *t, struct context *c);
void bsddeliver(struct thread *t, struct context *c, const struct note *n);
int32_t bsdsignal(int32_t sig);	  /* of a signal of Linux; 0: none */
int32_t linuxsignal(uintptr_t sig);  /* and back */
void maskfrom(uint32_t *lin, const uint32_t *mask, uint32_t words);
void maskto(uint32_t *mask, const uint32_t *lin, uint32_t words);
bool applymask(uint32_t *now, const uint32_t *mask, uintptr_t how); /* sigprocmask */

/* Times of the image: ns, or -1 and an error. */
intptr_t gettime(uintptr_t at, int64_t *ns);
bool puttime(uintptr_t at, int64_t ns);
int64_t roundup(int64_t ns); /* to ticks */

intptr_t setaction(uintptr_t sig, struct action a);
void getaction(uintptr_t sig, uintptr_t *handler, uint32_t *flags, uint32_t *mask);
intptr_t killthread(uintptr_t id, uintptr_t sig);

#define CALL(name) intptr_t name(struct thread *t, uintptr_t *a)
CALL(b_exit);
CALL(b_fork);
CALL(b_read);
CALL(b_write);
CALL(b_close);
CALL(b_dup2);
CALL(b_wait4);
CALL(b_socketpair);
CALL(b_munmap);
CALL(b_mmap);
CALL(b_sysctl);
CALL(b_sigaltstack);
CALL(b_sigreturn);
CALL(b_sigprocmask);
CALL(b_setitimer);
CALL(b_clock_gettime);
CALL(b_clock_settime);
CALL(b_nanosleep);
CALL(b_yield);

#endif
