/* gosave returns false, and once more true when its gobuf is resumed; also a gobuf
 * that was saved further out. */
#include "test.h"

static struct gobuf outer;
static uint32_t rounds;

NOINLINE static void inner(void)
{
	volatile char frame[100];

	frame[0] = 1;
	rounds++;
	gogo(&outer);
}

TEST("W02")
{
	struct g *gp = getg();

	if (!gosave(&outer) || rounds < 10)
		inner();
	EQ(rounds, 10, "times resumed");
	CHECK(getg() == gp, "g");
	EQ((uintptr_t)outer.g, (uintptr_t)gp, "g in the gobuf");
}
