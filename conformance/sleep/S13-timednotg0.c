/* notetsleep on a goroutine throws, unless its M is collecting garbage. */
#include "sleep.h"

static struct note n;

TEST("S13")
{
	getm()->gcing = 1;
	EQ(notetsleep(&n, 1000), false, "notetsleep while m->gcing");
	getm()->gcing = 0;
	THROWS("notetsleep not on g0");
	notetsleep(&n, 1000);
}
