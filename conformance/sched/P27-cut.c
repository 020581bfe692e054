/* A report that runs into a fault, because what it traces is damaged, or was given back
 * meanwhile, says that it ends there. */
#include "test.h"

static void waits(void *arg)
{
	*(struct g **)arg = getg();
	park(0, 0, "for ever");
}

TEST("P27")
{
	struct g *gp = 0;

	newproc(waits, &gp);
	gosched();
	THROWS("the report ends here");
	gp->stackbase = (struct stktop *)(2 * PtrSize);
	throw("to see the list");
}
