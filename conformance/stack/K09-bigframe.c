/* Frames of up to several megabytes get a segment of their own, which goes back
 * to the OS when the goroutine needs it no more. */
#include "test.h"

#define BIG(n)                                                                                     \
	NOINLINE static uint32_t big##n(uint32_t seed)                                             \
	{                                                                                          \
		volatile uint32_t frame[n / 4];                                                    \
		uint32_t bad = 0;                                                                  \
		for (uint32_t i = 0; i < n / 4; i += 1000)                                         \
			frame[i] = seed + i;                                                       \
		for (uint32_t i = 0; i < n / 4; i += 1000)                                         \
			bad += frame[i] != seed + i;                                               \
		return bad;                                                                        \
	}
BIG(100000)
BIG(1000000)
BIG(10000000)

static uint32_t done;

static void body(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < 10; i++) {
		EQ(big10000000(i), 0, "wrong words in a frame of 10 MB");
		EQ(big100000(i), 0, "wrong words in a frame of 100 kB");
		EQ(big1000000(i), 0, "wrong words in a frame of 1 MB");
	}
	done = 1;
}

TEST("K09")
{
	uint64_t sys = readstackstats().sys;

	newproc(body, 0);
	while (!done)
		gosched();
	gosched();
	CHECK(readstackstats().sys - sys < 1 << 20, "bytes not given back");
}
