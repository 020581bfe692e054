/* A second notewakeup throws. */
#include "sleep.h"

static struct note n;

TEST("S11")
{
	notewakeup(&n);
	THROWS("notewakeup: double wakeup");
	notewakeup(&n);
}
