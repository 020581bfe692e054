/* What the hosts of hosted tests share: programs of a libc, into which the kit is linked.
 * Names that begin with kit_ are the test's, host_ the program's. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct m;
void cgocallback(void (*fn)(void *), void *arg);
_Noreturn void rthost(char **argv, int32_t (*thread)(struct m *mp));
void rthostthread(struct m *mp);

static void *hoststart(void *mp)
{
	rthostthread(mp);
	return 0;
}

static int32_t hostthread(struct m *mp)
{
	pthread_attr_t attr;
	pthread_t t;
	int e;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	e = pthread_create(&t, &attr, hoststart, mp);
	pthread_attr_destroy(&attr);
	return -e;
}

int main(int argc, char **argv)
{
	(void)argc;
	rthost(argv, hostthread);
}
