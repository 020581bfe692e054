/* Sleep and wake: a Mach semaphore for each M (osfmk/kern/sync_sema.c). Nosplit: the core
 * sleeps where the stack cannot grow. */
#include "bsd.h"

enum { KERN_ABORTED = 14, KERN_OPERATION_TIMED_OUT = 49 };
enum { SEND_INTERRUPTED = 0x10000007, RCV_INTERRUPTED = 0x10004005, SEND = 1, RECEIVE = 2 };

/* mach/message.h; mach/task.defs: semaphore_create. */
struct header {
	uint32_t bits, size, remote, local, reserved;
	int32_t id;
};
struct request {
	struct header header;
	uint8_t ndr[8]; /* how data are represented here: little-endian, ASCII, IEEE */
	int32_t policy, value;
};
struct reply {
	struct header header;
	uint32_t descriptors;
	uint32_t semaphore, pad, type;
	uint32_t trailer[2];
};

NOSPLIT uint32_t darwin_mach_reply_port(void);
NOSPLIT uint32_t darwin_task_self(void);
NOSPLIT int32_t darwin_mach_msg(void *msg, int32_t option, uint32_t send, uint32_t receive, uint32_t port, uint32_t timeout, uint32_t notify);
NOSPLIT int32_t darwin_semaphore_signal(uint32_t sem);
NOSPLIT int32_t darwin_semaphore_wait(uint32_t sem);
NOSPLIT int32_t darwin_semaphore_timedwait(uint32_t sem, uint32_t sec, int32_t nsec);

/* On g0: the message has no room where a lock may be taken. A signal may end either half of
 * the call, and each is made again by itself. */
NOSPLIT static intptr_t create(void *arg)
{
	enum { COPY_SEND = 19, MAKE_SEND_ONCE = 21, COMPLEX = 0x80000000, Semaphore = 3418, Reply = Semaphore + 100 };
	union {
		struct request request;
		struct reply reply;
	} msg;
	uint32_t task = darwin_task_self(), port = darwin_mach_reply_port();
	int32_t r;

	STACK_ROOT(create, StackReserve);
	(void)arg;
	do {
		msg.request = (struct request){ { COPY_SEND | MAKE_SEND_ONCE << 8, sizeof msg.request, task, port, 0, Semaphore },
			{ 0, 0, 0, 0, 1, 0, 0, 0 }, 0, 0 };
		r = darwin_mach_msg(&msg, SEND | RECEIVE, sizeof msg.request, sizeof msg.reply, port, 0, 0);
	} while (r == SEND_INTERRUPTED);
	while (r == RCV_INTERRUPTED)
		r = darwin_mach_msg(&msg, RECEIVE, 0, sizeof msg.reply, port, 0, 0);
	if (r != 0 || msg.reply.header.id != Reply || !(msg.reply.header.bits & COMPLEX))
		throw("semacreate: the kernel gave no semaphore");
	return (intptr_t)msg.reply.semaphore;
}

uintptr_t semacreate(struct m *mp)
{
	return (uintptr_t)asmcgocall(create, mp);
}

NOSPLIT __attribute__((noinline)) static int32_t waitfor(int64_t ns)
{
	int32_t nsec, sec = timediv(ns, 1000000000, &nsec);

	return darwin_semaphore_timedwait((uint32_t)getm()->waitsema, (uint32_t)sec, nsec);
}

bool semasleep(int64_t ns)
{
	int64_t end = ns < 0 ? 0 : nanotime() + ns, left = ns;
	int32_t r;

	if (end < ns)
		end = INT64_MAX;
	for (;;) {
		r = ns < 0 ? darwin_semaphore_wait((uint32_t)getm()->waitsema) : waitfor(left > 0 ? left : 0);
		if (r == 0)
			return true;
		if (r != KERN_ABORTED && r != KERN_OPERATION_TIMED_OUT)
			throw("semasleep: semaphore_wait failed");
		/* A signal; or the time has passed, or the longest that the kernel waits. */
		if (ns >= 0) {
			left = end - nanotime();
			if (left <= 0 && r == KERN_OPERATION_TIMED_OUT)
				return false;
		}
	}
}

void semawakeup(struct m *mp)
{
	if (darwin_semaphore_signal((uint32_t)mp->waitsema) != 0)
		throw("semawakeup: semaphore_signal failed");
}
