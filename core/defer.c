/* Leaving a function early: deferred calls, panic, recover. As much of it as the kit
 * needs to get out of foreign code in order.
 *
 * A deferred call that recovers makes its function return: recovery0 gives back the
 * segments that lie further in, and resumes the gobuf of that function.
 */
#include "foreign.h"

struct panic {
	struct panic *link;
	struct defer *running; /* of which it waits for the end; nil: it is none, but hides the others */
	const char *what;
	bool recovered;
};

void deferproc(struct defer *d)
{
	pushdefer(d);
}

/* A deferred call that no panic makes, and that so does not recover any. */
static void call(struct defer *d)
{
	struct g *gp = getg();
	struct panic none = { .link = gp->panic };

	gp->panic = &none;
	d->fn(d->arg);
	gp->panic = none.link;
}

void deferreturn(struct defer *d)
{
	popdefer(d);
	call(d);
}

static void recovery0(struct g *gp)
{
	struct gobuf *resume = gp->recovery->resume;
	struct stktop *top = gp->stackbase;

	while (resume->sp - top->lowest > top->size) {
		if (top->next) {
			stackfree(top->next);
			top->next = 0;
		}
		top = top->prev; /* what is left stays as its spare */
		if (!top)
			throw("recover: where it resumes is not on the goroutine's stack");
	}
	gp->stackbase = top;
	/* As in exitsyscall: a request that comes in between is made again. */
	gp->stackguard0 = gp->preempt ? StackPreempt : top->guard;
	gogo(resume);
}

void panic(const char *what)
{
	struct g *gp = getg();
	struct panic p = { .link = gp->panic, .what = what };
	struct defer *d;

	if (gp != gp->m->curg)
		throw("panic: on g0 or gsignal");
	gp->panic = &p;
	while ((d = gp->defer) != 0) {
		gp->defer = d->link;
		p.running = d;
		d->fn(d->arg);
		if (p.recovered) {
			/* Panics that began further in have ended with their functions. */
			gp->panic = d->panic;
			gp->recovery = d;
			mcall(recovery0);
		}
	}
	prints("panic: ");
	prints(what);
	prints("\n");
	throw("panic: nobody recovered");
}

const char *recover(void)
{
	struct panic *p = getg()->panic;

	if (!p || p->recovered || !p->running || !p->running->resume)
		return 0;
	p->recovered = true;
	return p->what;
}

void rundefers(void)
{
	struct g *gp = getg();
	struct defer *d;

	if (gp->m->foreign)
		throw("goexit: its thread, which the runtime did not make, waits for the callback");
	while ((d = gp->defer) != 0) {
		gp->defer = d->link;
		call(d);
	}
	gp->panic = 0;
}
