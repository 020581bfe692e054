/* notesleep on a goroutine throws. */
#include "sleep.h"

static struct note n;

TEST("S12")
{
	notewakeup(&n);
	THROWS("notesleep not on g0");
	notesleep(&n);
}
