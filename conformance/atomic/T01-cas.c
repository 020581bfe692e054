/* cas and casp swap if and only if the old value is there, and say so. */
#include "test.h"

TEST("T01")
{
	uint32_t w = 5;
	uintptr_t p = ~(uintptr_t)0;

	EQ(cas(&w, 4, 9), false, "cas of another value");
	EQ(w, 5, "word after a cas that failed");
	EQ(cas(&w, 5, 0xffffffff), true, "cas");
	EQ(w, 0xffffffff, "word after cas");
	EQ(casp(&p, 1, 2), false, "casp of another value");
	EQ(casp(&p, ~(uintptr_t)0, 3), true, "casp");
	EQ(p, 3, "word after casp");
}
