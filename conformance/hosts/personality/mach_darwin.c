/* Mach: traps for semaphores, ports and messages; osfmk/kern/sync_sema.c, ipc/mach_msg.c,
 * mach/task.defs. Of messages only one is known: semaphore_create. */
#include "darwin.h"

enum { Success, InvalidArgument = 4, Aborted = 14, InvalidValue = 18, TimedOutKern = 49, ResourceShortage = 6 };
enum { SendInvalidDest = 0x10000003, SendInterrupted = 0x10000007, SendInvalidHeader = 0x10000010, SendTooSmall = 0x10000008,
	RcvInvalidName = 0x10004002, RcvTimedOut = 0x10004003, RcvTooLarge = 0x10004004, RcvInterrupted = 0x10004005 };
/* Names of ports: an index from bit 8 on, and a generation. Threads have their ids. */
enum { TaskPort = 0x103, FirstReply = 0x40000b, FirstSemaphore = 0x80000f, PortStep = 0x100, MaxSemaphores = 1 << 14 };

static int32_t counts[MaxSemaphores]; /* under queuelock */
static uint32_t nsemaphores, nreplies;

static int32_t *semaphore(uintptr_t name)
{
	uint32_t i = ((uint32_t)name - FirstSemaphore) / PortStep;

	return ((uint32_t)name - FirstSemaphore) % PortStep == 0 && i < __atomic_load_n(&nsemaphores, __ATOMIC_RELAXED) ? &counts[i] : 0;
}

static uint32_t signal(struct thread *t, uintptr_t name)
{
	int32_t *count = semaphore(name);
	struct thread **p = &queue, *who;

	if (!count)
		return InvalidArgument;
	pauseabit(t);
	acquire(&queuelock);
	while ((who = *p) != 0 && who->key != name)
		p = &who->next;
	if (who) {
		*p = who->next;
		wake(who);
	} else {
		++*count;
	}
	release(&queuelock);
	return Success;
}

/* Until deadline of the monotonic clock, < 0 for ever; 0: not at all. */
static uint32_t wait(struct thread *t, uintptr_t name, int64_t deadline)
{
	int32_t *count = semaphore(name);
	struct thread **p = &queue;

	if (!count)
		return InvalidArgument;
	if (chance(t, 16))
		return Aborted; /* as if a signal came */
	acquire(&queuelock);
	if (*count > 0) {
		--*count;
		release(&queuelock);
		return Success;
	}
	if (deadline == 0) {
		release(&queuelock);
		return TimedOutKern;
	}
	t->wake = 0;
	t->key = name;
	t->next = 0;
	while (*p)
		p = &(*p)->next;
	*p = t;
	release(&queuelock);
	switch (parkqueued(t, Monotonic, deadline)) {
	case Woken:
		return Success;
	case TimedOut:
		return TimedOutKern;
	}
	return Aborted;
}

static uint32_t timedwait(struct thread *t, uintptr_t name, uint32_t sec, uint32_t nsec)
{
	if (nsec >= 1000000000)
		return InvalidValue;
	if (sec == 0 && nsec == 0)
		return wait(t, name, 0);
	return wait(t, name, absolutetime() + (int64_t)sec * 1000000000 + nsec);
}

/* header: bits, size, remote, local, reserved, id; NDR, policy, value */
static uint32_t send(struct thread *t, uintptr_t msg, uint32_t size)
{
	enum { COPY_SEND = 19, MAKE_SEND_ONCE = 21, MOVE_SEND_ONCE = 18, MOVE_SEND = 17, COMPLEX = 0x80000000,
		SemaphoreCreate = 3418, MaxPolicy = 7, BadId = -303 };
	struct mach *m = machof(t);
	uint32_t w[10], i;

	if (size < 24 || size & 3)
		return SendTooSmall;
	if (!get(w, msg, size < sizeof w ? size : sizeof w))
		return 0x1000000c; /* MACH_SEND_INVALID_MEMORY */
	if (w[0] != (COPY_SEND | MAKE_SEND_ONCE << 8))
		return SendInvalidHeader;
	if (w[2] != TaskPort || w[3] == 0 || w[3] != m->replyport)
		return SendInvalidDest;
	if (chance(t, 4))
		return SendInterrupted;
	/* The answer comes to the reply port: an error, or a right to the semaphore. */
	memset(m->reply, 0, sizeof m->reply);
	m->reply[0] = MOVE_SEND_ONCE;
	m->reply[3] = w[3];
	m->reply[5] = w[5] + 100;
	m->reply[1] = m->nreply = 36;
	m->reply[7] = 1; /* NDR */
	i = __atomic_load_n(&nsemaphores, __ATOMIC_RELAXED);
	if (w[5] != SemaphoreCreate || size != 40) {
		m->reply[8] = (uint32_t)BadId;
	} else if (w[8] > MaxPolicy || (int32_t)w[9] < 0) {
		m->reply[8] = InvalidArgument;
	} else {
		acquire(&queuelock);
		i = nsemaphores < MaxSemaphores ? nsemaphores++ : MaxSemaphores;
		if (i < MaxSemaphores)
			counts[i] = (int32_t)w[9];
		release(&queuelock);
		m->reply[8] = ResourceShortage;
		if (i < MaxSemaphores) {
			m->reply[0] |= COMPLEX;
			m->reply[1] = m->nreply = 40;
			m->reply[6] = 1; /* descriptors; the name, padding, what is done with it */
			m->reply[7] = FirstSemaphore + i * PortStep;
			m->reply[8] = 0;
			m->reply[9] = MOVE_SEND << 16;
		}
	}
	return Success;
}

static uint32_t receive(struct thread *t, uintptr_t msg, uint32_t size, uint32_t name)
{
	enum { Trailer = 8 };
	struct mach *m = machof(t);
	uint32_t n = m->nreply;

	if (name == 0 || name != m->replyport)
		return RcvInvalidName;
	if (chance(t, 4))
		return RcvInterrupted;
	if (n == 0)
		die("mach_msg", "it waits for a message that nobody sends");
	if (size < n + Trailer)
		return RcvTooLarge;
	m->nreply = 0;
	/* Behind it the least trailer: type, size. */
	m->reply[n / 4] = 0;
	m->reply[n / 4 + 1] = Trailer;
	return put(msg, m->reply, n + Trailer) ? Success : 0x10004008; /* MACH_RCV_INVALID_DATA */
}

static uint32_t message(struct thread *t, const uintptr_t *a)
{
	enum { SEND = 1, RECEIVE = 2 };
	uint32_t r = Success;

	if ((uint32_t)a[1] & ~(uint32_t)(SEND | RECEIVE))
		die("mach_msg", "an option that the model has not got");
	if (a[1] & SEND)
		r = send(t, a[0], (uint32_t)a[2]);
	if (r == Success && a[1] & RECEIVE)
		r = receive(t, a[0], (uint32_t)a[3], (uint32_t)a[4]);
	return r;
}

uint32_t machtrap(struct thread *t, uint32_t number, struct context *c)
{
	uintptr_t a[9] = { 0 };
	uint32_t n = bsdargs(c, a);

	if (!get(a + n, SP(c) + BsdStackArgs, (7 - n) * sizeof *a))
		return InvalidArgument;
	switch (number) {
	case 26: /* mach_reply_port */
		machof(t)->nreply = 0;
		return machof(t)->replyport = FirstReply + PortStep * __atomic_fetch_add(&nreplies, 1, __ATOMIC_RELAXED);
	case 27: /* thread_self_trap */
		return t->id;
	case 28: /* task_self_trap */
		return TaskPort;
	case 31: /* mach_msg_trap */
		return message(t, a);
	case 33:
		return signal(t, a[0]);
	case 36:
		return wait(t, a[0], -1);
	case 38:
		return timedwait(t, a[0], (uint32_t)a[1], (uint32_t)a[2]);
	case 59: /* swtch_pri */
		sys(__NR_sched_yield);
		return 0;
	case 90: /* mach_wait_until, of a 64-bit time */
		t->wake = 0;
		if (chance(t, 4))
			return Aborted;
		return park(t, Monotonic, (int64_t)(sizeof *a == 8 ? a[0] : a[0] | (uint64_t)a[1] << 32)) == TimedOut ? Success : Aborted;
	}
	die("a Mach trap", "the model has not got it");
}
