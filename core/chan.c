/* Channels. A value goes from the sender's variable to the receiver's directly if
 * one of them waits, for a goroutine's stack never moves; else through the buffer.
 * Whoever finds the other side waiting does its part as well, and readies it.
 */
#include "sched.h"

/* Much is INLINE here: a goroutine that was switched to returns to where the processor
 * does not expect it, once for each function that it is in. */

struct waiter {
	struct g *g;
	void *value; /* what is sent, or where to; may be nil to receive */
	struct waiter *next;
	bool done; /* a value changed hands; false: the channel was closed */
};

static void enqueue(struct waitq *q, struct waiter *w)
{
	w->next = 0;
	if (q->head)
		q->tail->next = w;
	else
		q->head = w;
	q->tail = w;
}

static struct waiter *dequeue(struct waitq *q)
{
	struct waiter *w = q->head;

	if (w)
		q->head = w->next;
	return w;
}

INLINE void copy(struct chan *c, void *to, const void *from)
{
	typedef uintptr_t __attribute__((may_alias, aligned(1))) word;

	if (!to)
		return;
	if (c->size == sizeof(word))
		*(word *)to = *(const word *)from;
	else
		memmove(to, from, c->size);
}

INLINE char *slot(struct chan *c, uint32_t i)
{
	i += c->head;
	return c->buf + (i < c->cap ? i : i - c->cap) * (uintptr_t)c->size;
}

/* park0 for a channel: on g0. */
static void parkchan(struct g *gp)
{
	struct m *mp = gp->m;

	mp->curg = 0;
	gp->status = Gwaiting; /* before the lock is free: then it may be readied */
	gounlock(mp->unlockarg);
	schedule();
}

/* The lock is held, and is not afterwards. True if a value changed hands. */
INLINE bool await(struct chan *c, struct waitq *q, void *value, const char *reason)
{
	struct g *gp = getg();
	struct waiter w = { .g = gp, .value = value };

	enqueue(q, &w);
	gp->waitreason = reason;
	gp->m->unlockarg = &c->lock;
	mcall(parkchan);
	return w.done;
}

/* Ends the wait of w. The lock is held, and is not afterwards. */
INLINE void done(struct chan *c, struct waiter *w)
{
	w->done = true;
	readyhere(getm(), w->g); /* w is on its stack */
	gounlock(&c->lock);
}

INLINE bool send(struct chan *c, const void *value, bool wait)
{
	struct waiter *w;

	golock(&c->lock);
	if (c->closed) {
		gounlock(&c->lock);
		throw("send on a closed channel");
	}
	w = dequeue(&c->recvq);
	if (w) { /* then the buffer is empty */
		copy(c, w->value, value);
		done(c, w);
		return true;
	}
	if (c->count < c->cap) {
		copy(c, slot(c, c->count), value);
		c->count++;
		gounlock(&c->lock);
		return true;
	}
	if (!wait) {
		gounlock(&c->lock);
		return false;
	}
	if (!await(c, &c->sendq, (void *)(uintptr_t)value, "chan send"))
		throw("send on a closed channel");
	return true;
}

/* False if it would wait. *ok: a value was received. */
INLINE bool receive(struct chan *c, void *value, bool *ok, bool wait)
{
	struct waiter *w;

	golock(&c->lock);
	*ok = true;
	if (c->count > 0) {
		copy(c, value, slot(c, 0));
		c->head = c->head + 1 < c->cap ? c->head + 1 : 0;
		c->count--;
		w = dequeue(&c->sendq);
		if (w) { /* the buffer was full: its value is the last one now */
			copy(c, slot(c, c->count), w->value);
			c->count++;
			done(c, w);
		} else {
			gounlock(&c->lock);
		}
		return true;
	}
	w = dequeue(&c->sendq);
	if (w) {
		copy(c, value, w->value);
		done(c, w);
		return true;
	}
	if (!c->closed && !wait) {
		gounlock(&c->lock);
		return false;
	}
	if (c->closed) {
		gounlock(&c->lock);
		*ok = false;
	} else {
		*ok = await(c, &c->recvq, value, "chan receive");
	}
	if (!*ok && value)
		memset(value, 0, c->size);
	return true;
}

void chaninit(struct chan *c, uint32_t size, void *buf, uint32_t cap)
{
	*c = (struct chan){ .size = size, .buf = buf, .cap = cap };
}

void chansend(struct chan *c, const void *value)
{
	send(c, value, true);
}

bool chantrysend(struct chan *c, const void *value)
{
	return send(c, value, false);
}

bool chanrecv(struct chan *c, void *value)
{
	bool ok;

	receive(c, value, &ok, true);
	return ok;
}

bool chantryrecv(struct chan *c, void *value, bool *ok)
{
	return receive(c, value, ok, false);
}

void chanclose(struct chan *c)
{
	struct waiter *w, *next;

	golock(&c->lock);
	if (c->closed) {
		gounlock(&c->lock);
		throw("close of a closed channel");
	}
	c->closed = true;
	w = c->recvq.head ? c->recvq.head : c->sendq.head; /* never both */
	c->recvq.head = c->sendq.head = 0;
	gounlock(&c->lock);
	for (; w; w = next) { /* done is false; w goes when its goroutine is ready */
		next = w->next;
		ready(w->g);
	}
}
