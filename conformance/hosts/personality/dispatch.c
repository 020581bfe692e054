/* From the image into the model: system calls, faults, and signals for the image. */
#include "host.h"

enum { SA_SIGINFO = 4, SA_ONSTACK = 0x08000000, SA_RESTORER = 0x04000000 };

/* Signals that are the host's, or that mean a fault in the host's own copies: Linux never
 * blocks them, and the model looks at thread.mask itself. */
static const uint32_t unblocked[2] = {
	1u << (LSIGILL - 1) | 1u << (LSIGTRAP - 1) | 1u << (LSIGBUS - 1) | 1u << (LSIGFPE - 1) |
		1u << (LSIGSEGV - 1) | 1u << (LSIGSYS - 1),
	1u << (LSIGSTART - 33),
};

static bool ismasked(struct thread *t, int32_t sig)
{
	return t->mask[(sig - 1) / 32] >> (sig - 1) % 32 & 1;
}

void setmask(struct thread *t, struct context *c, const uint32_t *mask)
{
	for (uint32_t i = 0; i < 2; i++) {
		t->mask[i] = mask[i];
		c->mask[i] = mask[i] & ~unblocked[i];
	}
}

void notesignal(struct thread *t, const struct note *n)
{
	t->pending[n->sig - 1] = *n;
	if (t->pends[n->sig - 1] == 0) {
		t->pends[n->sig - 1] = 1;
		t->npending++;
	}
}

/* Those that the image lets in: their handlers run when c is resumed. */
void deliverpending(struct thread *t, struct context *c)
{
	for (int32_t sig = 1; t->npending > 0 && sig < NSIG; sig++) {
		if (!t->pends[sig - 1] || ismasked(t, sig))
			continue;
		struct note n = t->pending[sig - 1];
		t->pends[sig - 1] = 0;
		t->npending--;
		model->deliver(t, c, &n);
	}
}

/* A fault in one of the host's copies ends it. */
static bool copyfault(struct context *c)
{
	uintptr_t pc = PC(c);

	if (pc >= (uintptr_t)copymem_begin && pc < (uintptr_t)copymem_end)
		PC(c) = (uintptr_t)copymem_end;
	else if (pc >= (uintptr_t)copyword_begin && pc < (uintptr_t)copyword_end)
		PC(c) = (uintptr_t)copyword_end;
	else
		return false;
	return true;
}

static void service(struct thread *t, struct context *c)
{
	t->service = c;
	model->service(t, c);
	t->service = 0;
	deliverpending(t, c);
}

static bool isfault(int32_t sig)
{
	return sig == LSIGILL || sig == LSIGTRAP || sig == LSIGBUS || sig == LSIGFPE || sig == LSIGSEGV;
}

/* info: signal, errno, code, then the address of a fault. */
static void handler(int32_t sig, int32_t *info, struct context *c)
{
	struct thread *t = self();
	bool fault = isfault(sig) && info[2] > 0; /* and not sent by a thread */
	struct note n = { sig, info[2], fault ? *(uintptr_t *)(info + (sizeof(uintptr_t) == 8 ? 4 : 3)) : 0 };

	if (sig == LSIGSTART) {
		t->start(t, c);
		return;
	}
	if (fault && copyfault(c))
		return;
	if (fault && !isimage(PC(c)) && (t->service || sig == CallSignal))
		die("host", "a fault of its own");
	if (t->service) { /* in a call that sleeps */
		notesignal(t, &n);
		if (PC(c) >= (uintptr_t)interruptible_begin && PC(c) < (uintptr_t)interruptible_end)
			PC(c) = (uintptr_t)interruptible_ended;
		return;
	}
	if (sig == CallSignal && iscall(c, info[2])) {
		service(t, c);
		return;
	}
	if (fault && model->trap && model->trap(t, c, &n)) {
		service(t, c);
		return;
	}
	/* A fault whose signal is blocked ends the image: nobody could go on. */
	if (fault && ismasked(t, sig))
		sys(__NR_exit_group, 128 + sig);
	model->deliver(t, c, &n);
}

/* Those that Linux ignores, as every OS does, until somebody wants them: of Linux's
 * numbers CHLD CONT URG WINCH IO. */
bool ignorable(int32_t sig)
{
	return sig == 17 || sig == 18 || sig == 23 || sig == 28 || sig == 29;
}

/* Whether the image wants to know of it: what it ignores must not interrupt a call. */
void listen(int32_t sig, bool on)
{
	uintptr_t does = on || sig == CallSignal || isfault(sig) ? (uintptr_t)handler : ignorable(sig) ? 0 : 1; /* CHLD ignored would lose children */
	const uint32_t all[2] = { ~unblocked[0], ~unblocked[1] };
	struct {
		uintptr_t handler, flags;
		void (*restorer)(void);
		uint32_t mask[2];
	} sa = { does, SA_SIGINFO | SA_ONSTACK | SA_RESTORER, handler_return, { all[0], all[1] } };

	sys(__NR_rt_sigaction, sig, &sa, 0, 8);
}

void dispatchinit(void)
{
	enum { LSIGKILL = 9, LSIGSTOP = 19, LSIGTSTP = 20, LSIGTTIN = 21, LSIGTTOU = 22 };

	for (int32_t sig = 1; sig < NSIG; sig++)
		if (sig != LSIGKILL && (sig < LSIGSTOP || sig > LSIGTTOU) && (sig < 32 || sig == LSIGSTART))
			listen(sig, !ignorable(sig));
}
