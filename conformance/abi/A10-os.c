/* What the OS gives: memory that is zeroed, writable and apart from other memory;
 * random bytes that differ; at least one processor; an error of write as -errno. */
#include "test.h"

enum { N = 8, Size = 20000 };

TEST("A10")
{
	uint8_t *p[N], a[64] = { 0 }, b[64] = { 0 };
	uint32_t dirty = 0, wrong = 0, same = 0, zero = 0;

	for (uint32_t i = 0; i < N; i++) {
		p[i] = sysalloc(Size);
		CHECK(p[i] != 0, "sysalloc");
		EQ((uintptr_t)p[i] & 4095, 0, "alignment of what sysalloc gives");
		for (uint32_t k = 0; k < Size; k++)
			dirty += p[i][k] != 0;
		memset(p[i], (int)i + 1, Size);
	}
	for (uint32_t i = 0; i < N; i++) {
		for (uint32_t k = 0; k < Size; k++)
			wrong += p[i][k] != i + 1;
		sysfree(p[i], Size);
	}
	EQ(dirty, 0, "bytes that were not zero");
	EQ(wrong, 0, "bytes that another block changed");
	CHECK(sysalloc(~(uintptr_t)0 - 65535) == 0, "more than the address space holds is nil");
	osrandom(a, sizeof a);
	osrandom(b, sizeof b);
	for (uint32_t i = 0; i < sizeof a; i++) {
		same += a[i] == b[i];
		zero += a[i] == 0;
	}
	CHECK(same < 16 && zero < 16, "two draws of 64 random bytes differ");
	BETWEEN(ncpu(), 1, 8192, "processors");
	CHECK(oswrite(-1, a, 1) < 0, "write to a bad file descriptor");
	EQ(oswrite(1, a, 0), 0, "write of nothing");
}
