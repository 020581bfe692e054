/* Who was readied by semrelease and found that a newcomer had taken what it added waits
 * again at the head: it does not go behind those who came after it. */
#include "test.h"

static uint32_t sema, waiting, nturns;
static uintptr_t turns[3];

static void waiter(void *arg)
{
	waiting++;
	semacquire(&sema);
	turns[nturns++] = (uintptr_t)arg;
}

TEST("P23")
{
	for (uintptr_t i = 1; i <= 3; i++)
		newproc(waiter, (void *)i);
	AWAIT(&waiting, 3, "goroutines that came");
	gosched();
	semrelease(&sema); /* for the first, */
	semacquire(&sema); /* but we are here, */
	gosched();	   /* and so it waits again. */
	EQ(nturns, 0, "turns that we took away");
	for (uint32_t i = 1; i <= 3; i++) {
		semrelease(&sema);
		AWAIT(&nturns, i, "turns");
		EQ(turns[i - 1], i, "who had this turn");
	}
}
