/* Channels. A value goes from the sender's variable to the receiver's directly if
 * one of them waits, for a goroutine's stack never moves; else through the buffer.
 * Whoever finds the other side waiting does its part as well, and readies it: who
 * waited returns to its caller at once, with what mcall returns (g->sched.ret): did a
 * value change hands, or was the channel closed?
 *
 * Each function is there twice, for any channel and quick: for values of a word, with
 * one P. There it takes no lock, since nobody comes between without a split check, at
 * which the goroutine might be preempted and the number of Ps change: there is none, for
 * all is INLINE. And it makes no call, for which it would have to save registers.
 */
#include "sched.h"

INLINE bool isquick(struct chan *c)
{
	return alone() && c->size == sizeof(uintptr_t);
}

INLINE void lockchan(struct chan *c, bool quick)
{
	if (!quick)
		golock(&c->lock);
}

INLINE void unlockchan(struct chan *c, bool quick)
{
	if (!quick)
		gounlock(&c->lock);
}

INLINE struct g *dequeue(struct waitq *q)
{
	struct g *gp = q->head;

	if (gp)
		q->head = gp->schedlink;
	return gp;
}

INLINE void copy(struct chan *c, void *to, const void *from, bool quick)
{
	typedef uintptr_t __attribute__((may_alias, aligned(1))) word;

	if (!to)
		return;
	if (quick)
		*(word *)to = *(const word *)from;
	else
		memmove(to, from, c->size);
}

static void zero(void *value, uint32_t size)
{
	if (value)
		memset(value, 0, size);
}

INLINE char *slot(struct chan *c, uint32_t i)
{
	i += c->head;
	return c->buf + (i < c->cap ? i : i - c->cap) * (uintptr_t)c->size;
}

/* park0 for a channel: on g0. */
INLINE NORETURN void parkchan(struct g *gp, bool quick)
{
	struct m *mp = gp->m;

	mp->curg = 0;
	gp->status = Gwaiting; /* before the lock is free: then it may be readied */
	if (quick)
		runnexton(mp, allp[0], true);
	gounlock(mp->unlockarg);
	runnext(mp);
}

static void parkany(struct g *gp)
{
	parkchan(gp, false);
}

static void parkquick(struct g *gp)
{
	parkchan(gp, true);
}

/* Waits in q, with value to be sent or where to receive. The lock is held, and is not
 * afterwards. */
INLINE bool await(struct chan *c, struct waitq *q, void *value, const char *reason, bool quick)
{
	struct g *gp = getg();

	gp->waitvalue = value;
	gp->waitreason = reason;
	gp->schedlink = 0;
	if (q->head)
		q->tail->schedlink = gp;
	else
		q->head = gp;
	q->tail = gp;
	if (quick)
		return mcall(parkquick);
	gp->m->unlockarg = &c->lock;
	return mcall(parkany);
}

/* Ends the wait of gp. The lock is held, and is not afterwards: not even when gp is ready,
 * because it may be done with the channel, which is its caller's memory. */
INLINE void done(struct chan *c, struct g *gp, bool quick)
{
	struct m *mp = getm();

	gp->sched.ret = true;
	if (quick) {
		readyon(mp, allp[0], gp, true);
	} else {
		acquirem(); /* the P stays with us */
		gounlock(&c->lock);
		readyhere(mp, gp);
		releasem(mp);
	}
}

NORETURN static void sendclosed(void)
{
	throw("send on a closed channel");
}

/* True if it need not wait: then the lock is held no more. */
INLINE bool send(struct chan *c, const void *value, bool quick)
{
	struct g *gp;

	lockchan(c, quick);
	if (rarely(c->closed)) {
		unlockchan(c, quick);
		sendclosed();
	}
	gp = dequeue(&c->recvq);
	if (gp) { /* then the buffer is empty */
		copy(c, gp->waitvalue, value, quick);
		done(c, gp, quick);
		return true;
	}
	if (c->count < c->cap) {
		copy(c, slot(c, c->count), value, quick);
		c->count++;
		unlockchan(c, quick);
		return true;
	}
	return false;
}

/* True if it need not wait: then the lock is held no more, and *ok says if a value was
 * received. */
INLINE bool receive(struct chan *c, void *value, bool *ok, bool quick)
{
	struct g *gp;

	lockchan(c, quick);
	*ok = true;
	if (c->count > 0) {
		copy(c, value, slot(c, 0), quick);
		c->head = c->head + 1 < c->cap ? c->head + 1 : 0;
		c->count--;
		gp = dequeue(&c->sendq);
		if (gp) { /* the buffer was full: its value is the last one now */
			copy(c, slot(c, c->count), gp->waitvalue, quick);
			c->count++;
			done(c, gp, quick);
		} else {
			unlockchan(c, quick);
		}
		return true;
	}
	gp = dequeue(&c->sendq);
	if (gp) {
		copy(c, value, gp->waitvalue, quick);
		done(c, gp, quick);
		return true;
	}
	if (!c->closed)
		return false;
	unlockchan(c, quick);
	*ok = false;
	zero(value, c->size);
	return true;
}

void chaninit(struct chan *c, uint32_t size, void *buf, uint32_t cap)
{
	*c = (struct chan){ .size = size, .buf = buf, .cap = cap };
}

INLINE void sendwaiting(struct chan *c, const void *value, bool quick)
{
	if (!send(c, value, quick) && !await(c, &c->sendq, (void *)(uintptr_t)value, "chan send", quick))
		sendclosed();
}

NOINLINE static void sendany(struct chan *c, const void *value)
{
	sendwaiting(c, value, false);
}

void chansend(struct chan *c, const void *value)
{
	if (isquick(c))
		sendwaiting(c, value, true);
	else
		sendany(c, value);
}

bool chantrysend(struct chan *c, const void *value)
{
	if (send(c, value, false))
		return true;
	unlockchan(c, false);
	return false;
}

INLINE bool receivewaiting(struct chan *c, void *value, bool quick)
{
	bool ok;

	if (receive(c, value, &ok, quick))
		return ok;
	return await(c, &c->recvq, value, "chan receive", quick);
}

NOINLINE static bool receiveany(struct chan *c, void *value)
{
	return receivewaiting(c, value, false);
}

bool chanrecv(struct chan *c, void *value)
{
	return isquick(c) ? receivewaiting(c, value, true) : receiveany(c, value);
}

bool chantryrecv(struct chan *c, void *value, bool *ok)
{
	if (receive(c, value, ok, false))
		return true;
	unlockchan(c, false);
	return false;
}

void chanclose(struct chan *c)
{
	struct g *gp, *next;
	uint32_t size = c->size;
	bool receivers;

	golock(&c->lock);
	if (c->closed) {
		gounlock(&c->lock);
		throw("close of a closed channel");
	}
	c->closed = true;
	receivers = c->recvq.head != 0; /* never both */
	gp = receivers ? c->recvq.head : c->sendq.head;
	c->recvq.head = c->sendq.head = 0;
	gounlock(&c->lock);
	for (; gp; gp = next) { /* who is ready may free the channel */
		next = gp->schedlink;
		if (receivers)
			zero(gp->waitvalue, size);
		gp->sched.ret = false;
		ready(gp);
	}
}
