/* Preemption: the guard of the running goroutine is poisoned, so that its next
 * split check fails and newstack yields.
 *
 * A request is g->preempt, and stands until the goroutine yields; the poison only
 * makes it look. morestack and lessstack move the guard with a load and a store,
 * and may overwrite a poison that comes between: so whoever wants a preemption asks
 * again (sysmon at each tick, stoptheworld every 100 us), and unlock, releasem and
 * exitsyscall poison the guard again while the request stands.
 */
#include "sched.h"

/* Nosplit: from anywhere. */
void preempt(struct g *gp)
{
	/* The flag first: newstack reads it after it has seen the poison. */
	atomicstore(&gp->preempt, 1);
	atomicstorep(&gp->stackguard0, StackPreempt);
}

/* The goroutine may be another by now: that one is then preempted in vain. Neither
 * an M nor a goroutine is ever freed. */
bool preemptone(struct p *pp)
{
	struct m *mp = (struct m *)atomicloadp((uintptr_t *)&pp->m);
	struct g *gp = mp ? (struct g *)atomicloadp((uintptr_t *)&mp->curg) : 0;

	if (!gp || gp == getg())
		return false;
	preempt(gp);
	return true;
}

void preemptall(void)
{
	for (uint32_t i = 0; i < procs; i++)
		if (atomicload(&allp[i]->status) == Prunning)
			preemptone(allp[i]);
}

/* May gp, which runs on mp, be preempted here? */
static bool preemptible(struct g *gp, struct m *mp)
{
	return gp->status == Grunning && mp->locks == 0 && mp->gcing == 0 && mp->mallocing == 0 && mp->p &&
	       mp->p->status == Prunning;
}

/* morestack left in g->sched.pc an address in the split function. */
static NORETURN void splitinsyscall(struct g *gp, struct more *more)
{
	const struct funcrec *f = findfunc(gp->sched.pc), *left = findfunc(gp->syscallpc - 1);
	uintptr_t sp = more->oldsp + MoreRet + PtrSize; /* of the caller */

	prints(f ? f->name : "?");
	prints(" splits the stack in a system call that ");
	prints(left ? left->name : "?");
	prints(" began: sp=");
	printx(sp);
	prints(" of a segment from ");
	printx(gp->stackbase->lowest);
	prints(" to ");
	printx(gp->stackbase->lowest + gp->stackbase->size);
	prints("\n");
	gp->syscallsp = sp; /* the trace begins here */
	gp->syscallpc = ((uintptr_t *)sp)[-1];
	throw("stack split during syscall");
}

/* The guard says that something is pending. Returns if the split may go on. On g0. */
void poisoned(struct g *gp, struct more *more, struct stktop *spare)
{
	struct m *mp = gp->m;

	if (gp->status == Gsyscall && mp->locks == 0)
		splitinsyscall(gp, more);
	gp->stackguard0 = gp->stackbase->guard;
	if (gp->status == Gsyscall) {
		/* This once, because a lock is held: releasem poisons it again. */
		atomicstore(&gp->preempt, 1);
		return;
	}
	/* The flag is read after the guard is clean: a request that comes in
	 * between poisons it again. */
	if (!xchg(&gp->preempt, 0))
		return;
	if (!preemptible(gp, mp)) {
		atomicstore(&gp->preempt, 1); /* releasem poisons the guard again */
		return;
	}
	/* The argument registers wait at the top of the spare segment. */
	struct more *keep = (struct more *)((uintptr_t)spare - MoreRegsSize);
	memmove(keep, more, MoreRegsSize);
	gp->sched.sp = (uintptr_t)keep;
	gp->sched.pc = (uintptr_t)moreresume;
	gp->sched.g = gp;
	mp->moving = 0;
	globalnext(mp->p);
	yield(gp);
}
