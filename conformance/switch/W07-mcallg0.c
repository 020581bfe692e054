/* mcall on g0 throws. */
#include "test.h"

/* Not called: if it were and returned, the message would be the same. */
static void wrong(struct g *gp)
{
	(void)gp;
	osexit(3);
}

static void go(void *arg)
{
	(void)arg;
	THROWS("mcall: called on g0");
	mcall(wrong);
}

TEST("W07")
{
	ong0(go, 0);
}
