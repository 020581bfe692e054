/* Threads: what is alike. */
#include "bsd.h"

static const struct bsd_sigset all = { { BSD_ALL } }, prof = { { 1u << (SIGPROF - 1) } };

NOSPLIT static void sigmask(const struct bsd_sigset *set, struct bsd_sigset *old)
{
	if (bsd_sigmask(SIG_SETMASK, set, old) < 0)
		throw("sigprocmask failed");
}

/* A limit that others have reached may be gone in a moment. */
int32_t newosproc(struct m *mp)
{
	struct bsd_sigset old;
	intptr_t r;

	/* Until minit the new thread has neither g nor signal stack. */
	sigmask(&all, &old);
	for (uint32_t ms = 1; (r = bsd_newthread(mp)) < 0 && ms < 256; ms *= 2)
		usleep(ms * 1000);
	sigmask(&old, 0);
	return r < 0 ? (int32_t)r : 0;
}

void bsd_thread(struct m *mp)
{
	STACK_ROOT(bsd_thread, StackReserve);
	if (bsd_settls(mp) < 0)
		osexit(2);
	setg(mp->g0);
	settlsg(mp->g0);
	mstart(mp);
}

void exitthread(struct m *mp)
{
	sigmask(&all, 0);
	for (;;)
		bsd_leave(&mp->alive);
}

void minit(struct m *mp)
{
	const uintptr_t stack[] = { mp->gsignaltop.lowest, mp->gsignaltop.size, 0 };

	if (!mp->foreign)
		BSD_FPINIT();
	mp->procid = bsd_self();
	if (bsd_sigaltstack(stack, mp->hoststate) < 0) {
		/* EPERM: the thread is on one. No throw, as there may be no g. */
		prints("fatal error: minit: no signal stack for this thread: a callback from a handler on another one?\n");
		bsd_exit(2);
	}
	sigmask(&prof, (struct bsd_sigset *)&mp->hoststate[3]);
}

void unminit(struct m *mp)
{
	bsd_sigaltstack(mp->hoststate, 0);
	sigmask((struct bsd_sigset *)&mp->hoststate[3], 0);
}

/* Cannot fail, and lock, which calls this, has no room for a throw behind it. */
void setprof(bool on)
{
	bsd_sigmask(on ? SIG_UNBLOCK : SIG_BLOCK, &prof, 0);
}
