/* Signals: notify(2). The kernel starts plan9_note on the stack that runs; the rest is on
 * m->gsignal. While it runs further notes wait. */
#include "plan9.h"

/* Signals are what notes say. */
enum { SigOther, SigSegv, SigFpe, SigIll, SigProf };

static const struct {
	const char *note, *name;
} notes[] = {
	[SigOther] = { "portkit: signal", 0 },
	[SigSegv] = { "sys: trap: fault ", "SIGSEGV: bad memory access" },
	[SigFpe] = { "sys: fp: ", "SIGFPE: arithmetic fault" },
	[SigIll] = { "sys: trap: invalid opcode", "SIGILL: illegal instruction" },
	[SigProf] = { PLAN9_PROFILE, 0 },
	{ "sys: trap: divide error", "SIGFPE: arithmetic fault" },
	{ "sys: trap: general protection violation", "SIGSEGV: bad memory access" },
};

/* The arch's entry, which goes on as if the kernel had called it. */
NOSPLIT void signal(int32_t sig, void *info, void *ctx) __asm__("sigtramp");

void siginit(void)
{
	if (plan9_notify(plan9_note) < 0)
		throw("siginit: notify failed");
}

bool isprofsig(int32_t sig)
{
	return sig == SigProf;
}

const char *signame(int32_t sig)
{
	return (uint32_t)sig < nelem(notes) ? notes[sig].name : 0;
}

NOSPLIT static bool begins(const char *s, const char *with)
{
	while (*with && *s == *with)
		s++, with++;
	return *with == 0;
}

/* NDFLT: what others send ends the process, as it does without a handler. */
void plan9_handler(void *ureg, const char *note)
{
	int32_t sig = nelem(notes);

	STACK_ROOT(plan9_handler, StackReserve);
	STACK_ROOT(plan9_note, StackReserve);
	if (atomicload(&plan9_exiting))
		plan9_exit();
	while (--sig >= 0 && !begins(note, notes[sig].note))
		;
	if (sig < 0 || (!plan9_g && notes[sig].name))
		plan9_noted(NDFLT);
	if (plan9_g && (sig != SigProf || plan9_g->m->tls[0]))
		signal(sig, 0, ureg);
	plan9_noted(NCONT);
}

void signalm(struct m *mp)
{
	plan9_post(mp->procid, "note", notes[SigOther].note);
}

/* A note that is on its way finds that it is off. */
void setprof(bool on)
{
	getm()->tls[0] = on;
}

uintptr_t sigpc(void *ctx)
{
	return *(uintptr_t *)((char *)ctx + UregPC);
}

uintptr_t sigsp(void *ctx)
{
	return *(uintptr_t *)((char *)ctx + UregSP);
}
