/* Threads: clone(2). qemu-user 7.2 takes exactly these flags, SYSVSEM among
 * them. The kernel clears m->alive when the thread has left its stack. */
#include "linux.h"

enum {
	CLONE_VM = 0x100,
	CLONE_FS = 0x200,
	CLONE_FILES = 0x400,
	CLONE_SIGHAND = 0x800,
	CLONE_THREAD = 0x10000,
	CLONE_SYSVSEM = 0x40000,
	CLONE_CHILD_CLEARTID = 0x200000,
	CloneFlags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
		     CLONE_CHILD_CLEARTID,
};

struct sigset {
	uint32_t bits[2];
};

enum { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK };

NOSPLIT static void sigmask(int32_t how, const struct sigset *set, struct sigset *old)
{
	if (SYS4(SYS_rt_sigprocmask, how, set, old, sizeof *set) < 0)
		throw("rt_sigprocmask failed");
}

int32_t newosproc(struct m *mp)
{
	static const struct sigset all = { { ~0u, ~0u } };
	struct sigset old;
	intptr_t r;

	/* Until minit the new thread has neither g nor signal stack. */
	sigmask(SIG_SETMASK, &all, &old);
	r = linux_clone(CloneFlags, (void *)mp->g0->sched.sp, &mp->alive, mp);
	sigmask(SIG_SETMASK, &old, 0);
	return r < 0 ? (int32_t)r : 0;
}

void linux_thread(struct m *mp)
{
	STACK_ROOT(linux_thread, StackReserve);
	linux_settls(mp);
	setg(mp->g0);
	settlsg(mp->g0);
	mstart(mp);
}

void exitthread(struct m *mp)
{
	static const struct sigset all = { { ~0u, ~0u } };

	(void)mp;
	sigmask(SIG_SETMASK, &all, 0);
	for (;;)
		SYS(SYS_exit, 0, 0, 0);
}

/* The profiling signal, which setprof lets in. */
static const struct sigset prof = { { 1u << (27 - 1), 0 } };

void minit(struct m *mp)
{
	/* The kernel's stack_t: address, flags (an int, but alone in its word), size. */
	const uintptr_t stack[] = { mp->gsignaltop.lowest, 0, mp->gsignaltop.size };

	mp->procid = (uint32_t)SYS(SYS_gettid, 0, 0, 0);
	if (SYS(SYS_sigaltstack, stack, mp->hoststate, 0) < 0) {
		/* EPERM: the thread is on one. No throw, as there may be no g. */
		prints("fatal error: minit: no signal stack for this thread: a callback from a handler on another one?\n");
		osexit(2);
	}
	sigmask(SIG_SETMASK, &prof, (struct sigset *)&mp->hoststate[3]);
}

void unminit(struct m *mp)
{
	SYS(SYS_sigaltstack, mp->hoststate, 0, 0);
	sigmask(SIG_SETMASK, (struct sigset *)&mp->hoststate[3], 0);
}

void setprof(bool on)
{
	/* Cannot fail, and lock, which calls this, has no room for a throw behind it. */
	SYS4(SYS_rt_sigprocmask, on ? SIG_UNBLOCK : SIG_BLOCK, &prof, 0, sizeof prof);
}
