/* unlock of a lock that is not held throws. */
#include "test.h"

static struct mutex l;

TEST("L03")
{
	lock(&l);
	unlock(&l);
	THROWS("unlock of unlocked lock");
	unlock(&l);
}
