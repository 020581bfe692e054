/* mcall on g0 throws. */
#include "test.h"

static void nothing(struct g *gp)
{
	(void)gp;
}

static void go(void *arg)
{
	(void)arg;
	THROWS("mcall: called on g0");
	mcall(nothing);
}

TEST("W07")
{
	ong0(go, 0);
}
