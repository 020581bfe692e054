/* A thread that throws while another one reports does not cut that report short: it comes
 * to its last line, the oldest goroutine. The test stands before oswrite (ld --wrap,
 * mk/kit.mk): the first line waits until the other one has thrown. */
#include "test.h"

static struct m *first, *other;

NOSPLIT intptr_t __real_oswrite(int32_t fd, const void *p, uintptr_t n);
NOSPLIT intptr_t __wrap_oswrite(int32_t fd, const void *p, uintptr_t n);

intptr_t __wrap_oswrite(int32_t fd, const void *p, uintptr_t n)
{
	static bool waited;

	if (getm() == first && first->thrown && !waited) {
		waited = true;
		for (uint32_t i = 0; i < 5000 && !atomicloadp((uintptr_t *)&other->thrown); i++)
			usleep(1000);
		usleep(50000); /* by now it has said or done what it would */
	}
	return __real_oswrite(fd, p, n);
}

static void second(void *arg)
{
	(void)arg;
	atomicstorep((uintptr_t *)&other, (uintptr_t)getm());
	while (!atomicloadp((uintptr_t *)&first->thrown))
		usleep(100);
	usleep(10000);
	throw("the second one");
}

static void thrower(void *arg)
{
	(void)arg;
	lockOSThread();
	first = getm();
	testthread(second, 0);
	while (!atomicloadp((uintptr_t *)&other))
		gosched();
	throw("the first one");
}

TEST("P14")
{
	gomaxprocs(2);
	newproc(thrower, 0);
	THROWS("[the oldest goroutine]");
	park(0, 0, "the oldest goroutine");
}
