/* A function given to mcall that returns throws. */
#include "test.h"

static void nothing(struct g *gp)
{
	(void)gp;
}

TEST("W08")
{
	THROWS("or the function returned");
	mcall(nothing);
}
