/* Plan 9's processes and notes: rfork(2), exits(2), notify(2). */
#include "plan9.h"

enum { RFFDG = 1 << 2, RFNOTEG = 1 << 3, RFPROC = 1 << 4, RFMEM = 1 << 5, RFNOWAIT = 1 << 6 };

static struct mutex notelock;

void copystring(char *to, const char *from, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n - 1 && from[i]; i++)
		to[i] = from[i];
	to[i] = 0;
}

intptr_t error(struct thread *t, const char *why)
{
	copystring(proc(t)->errstr, why, ERRMAX);
	return -1;
}

void pexit(struct thread *t, const char *status)
{
	int32_t code = 0;

	for (const char *s = status; s && *s; s++)
		code = *s >= '0' && *s <= '9' && code >= 0 ? code * 10 + *s - '0' : -1;
	dropthread(t);
	for (;;)
		sys(__NR_exit_group, code < 0 ? 1 : code);
}

void setpid(struct thread *t)
{
	*(uint32_t *)(USTKTOP - TosSize + TosPid) = t->id;
}

/* The child begins as the parent is, which waits for it. */
static void forkstart(struct thread *t, struct context *c)
{
	struct context *parent = (struct context *)t->startarg[0];
	const uint32_t none[2] = { 0, 0 };

	for (uint32_t i = 0; i < nelem(ureg); i++)
		*(uintptr_t *)((char *)c + ureg[i].host) = *(uintptr_t *)((char *)parent + ureg[i].host);
	setresult(c, 0);
	if (fpstate(c) && fpstate(parent)) {
		memcpy(fpstate(c), fpstate(parent), FpSize);
		fpwritten(c);
	}
	setpid(t);
	setmask(t, c, none);
	__atomic_store_n(&proc(t)->started, 1, __ATOMIC_RELEASE);
	sys(FUTEX, &proc(t)->started, 1 /* WAKE */, 1);
}

intptr_t rfork(struct thread *t, uintptr_t flags)
{
	struct thread *n;
	uint32_t id;

	if (flags & RFNOTEG)
		proc(t)->noteid = t->id;
	if (!(flags & RFPROC))
		return flags & ~(uintptr_t)RFNOTEG ? error(t, "bad arg in system call") : 0;
	if ((flags & ~(uintptr_t)RFNOTEG) != (RFPROC | RFMEM | RFNOWAIT))
		return error(t, "bad arg in system call");
	n = chance(t, 8) ? 0 : newthread();
	if (!n)
		return error(t, "no free processes");
	proc(n)->notify = proc(t)->notify;
	proc(n)->noteid = proc(t)->noteid;
	n->start = forkstart;
	n->startarg[0] = (uintptr_t)t->service;
	id = n->id;
	if (runthread(n) < 0)
		return error(t, "no free processes");
	while (!__atomic_load_n(&proc(n)->started, __ATOMIC_ACQUIRE))
		sys(FUTEX, &proc(n)->started, 0 /* WAIT */, 0, 0);
	return (intptr_t)id;
}

bool postnote(struct thread *to, const char *note)
{
	struct proc *p = proc(to);
	bool room;

	acquire(&notelock);
	room = p->nnotes < NNOTE && to->id != 0;
	if (room)
		copystring(p->notes[p->nnotes++], note, ERRMAX);
	release(&notelock);
	if (room && to->tid)
		sys(__NR_tkill, to->tid, LSIGNOTE);
	return room;
}

uint32_t postgroup(struct thread *from, const char *note)
{
	uint32_t n = 0;

	for (struct thread *t = __atomic_load_n(&threads, __ATOMIC_ACQUIRE); t; t = t->link)
		if (t != from && t->id != 0 && proc(t)->noteid == proc(from)->noteid)
			n += postnote(t, note);
	return n;
}

static bool nextnote(struct proc *p, char *note)
{
	bool is;

	acquire(&notelock);
	is = p->nnotes > 0;
	if (is) {
		copystring(note, p->notes[0], ERRMAX);
		p->nnotes--;
		memcpy(p->notes[0], p->notes[1], p->nnotes * ERRMAX);
	}
	release(&notelock);
	return is;
}

NORETURN static void suicide(struct thread *t, const char *why)
{
	say("personality: process ");
	saynumber(t->id);
	say(": suicide: ");
	say(why);
	say("\n");
	pexit(t, "suicide");
}

static char *hex(char *p, uintptr_t v)
{
	*p++ = '0', *p++ = 'x';
	for (int32_t shift = sizeof v * 8 - 4; shift >= 0; shift -= 4)
		if (v >> shift || shift == 0)
			*p++ = "0123456789abcdef"[v >> shift & 15];
	return p;
}

static char *append(char *p, const char *s)
{
	while (*s)
		*p++ = *s++;
	*p = 0;
	return p;
}

static void faulttext(char *text, struct context *c, const struct note *n)
{
	enum { SI_KERNEL = 128, FPE_INTDIV = 1 };
	char *p = text;

	switch (n->sig) {
	case LSIGFPE:
		p = append(p, n->code == FPE_INTDIV ? "sys: trap: divide error" : "sys: fp: invalid operation");
		break;
	case LSIGILL:
		p = append(p, "sys: trap: invalid opcode");
		break;
	case LSIGTRAP:
		p = append(p, "sys: breakpoint");
		break;
	default:
		if (n->code == SI_KERNEL)
			p = append(p, "sys: trap: general protection violation");
		else
			p = hex(append(p, "sys: trap: fault read addr="), n->addr);
	}
	*hex(append(p, " pc="), PC(c)) = 0;
}

/* The handler runs when c is resumed. On its stack, from above: 256 bytes that are left
 * alone, struct Ureg, the one before, the text, and the arguments. */
static void notify(struct thread *t, struct context *c, const char *text)
{
	struct proc *p = proc(t);
	uintptr_t saved[UregSize / sizeof(uintptr_t)] = { 0 }, sp = SP(c) - 256 - UregSize, args[3] = { 0 };

	if (!p->notify)
		suicide(t, text);
	for (uint32_t i = 0; i < nelem(ureg); i++)
		*(uintptr_t *)((char *)saved + ureg[i].image) = *(uintptr_t *)((char *)c + ureg[i].host);
	args[1] = sp;
	if (!put(sp, saved, UregSize) || !put(sp - sizeof sp, &p->ureg, sizeof sp))
		suicide(t, "bad address in notify");
	p->ureg = sp;
	sp -= sizeof sp + ERRMAX;
	args[2] = sp;
	if (!put(sp, text, ERRMAX) || !put(sp - sizeof args, args, sizeof args))
		suicide(t, "bad address in notify");
	enternote(c, p->notify, sp - sizeof args, p->ureg);
	if (fpstate(c))
		memcpy(p->fp, fpstate(c), FpSize);
	p->notified = true;
}

void notedeliver(struct thread *t, struct context *c, const struct note *n)
{
	char text[ERRMAX] = { 0 };

	if (n->sig == LSIGNOTE) {
		if (!proc(t)->notified && nextnote(proc(t), text))
			notify(t, c, text);
		return;
	}
	if (n->sig == 1 || n->sig == 2 || n->sig == 15) { /* HUP INT TERM: what a window or a shell would post */
		postnote(t, n->sig == 1 ? "hangup" : "interrupt");
		return;
	}
	faulttext(text, c, n);
	if (proc(t)->notified)
		suicide(t, text);
	notify(t, c, text);
}

intptr_t noted(struct thread *t, uintptr_t how)
{
	enum { NCONT, NDFLT };
	struct proc *p = proc(t);
	struct context *c = t->service;
	uintptr_t saved[UregSize / sizeof(uintptr_t)];
	const struct note more = { LSIGNOTE, 0, 0 };

	if (!p->notified)
		suicide(t, "call to noted() when not notified");
	if (how == NDFLT)
		pexit(t, "note");
	if (how != NCONT || !get(saved, p->ureg, UregSize) || !get(&p->ureg, p->ureg - sizeof(uintptr_t), sizeof(uintptr_t)))
		suicide(t, "bad ureg in noted");
	for (uint32_t i = 0; i < nelem(ureg); i++)
		*(uintptr_t *)((char *)c + ureg[i].host) = *(uintptr_t *)((char *)saved + ureg[i].image);
	safeflags(c);
	if (fpstate(c)) {
		memcpy(fpstate(c), p->fp, FpSize);
		fpwritten(c);
	}
	p->notified = false;
	notedeliver(t, c, &more);
	return NoResult;
}
