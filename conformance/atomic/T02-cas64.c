/* cas64 compares all 64 bits, also where the two halves alone would match. */
#include "test.h"

TEST("T02")
{
	aligned64 w = 0x1111111122222222;

	EQ(cas64(&w, 0x1111111122222223, 1), false, "low half differs");
	EQ(cas64(&w, 0x1111111222222222, 1), false, "high half differs");
	EQ(cas64(&w, 0x2222222211111111, 1), false, "halves swapped");
	EQ(w, 0x1111111122222222, "word after those");
	EQ(cas64(&w, 0x1111111122222222, 0xfedcba9876543210), true, "cas64");
	CHECK(w == 0xfedcba9876543210, "word after cas64");
}
