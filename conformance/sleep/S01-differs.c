/* futexsleep returns at once if the word is not what the caller thinks. */
#include "sleep.h"

static uint32_t word = 7;

TEST("S01")
{
	int64_t start = nanotime();

	futexsleep(&word, 8, -1);
	futexsleep(&word, 6, 3600 * Second);
	BETWEEN(nanotime() - start, 0, Slack, "ns in two sleeps that should not be");
	EQ(word, 7, "the word");
}
