/* xadd and xadd64 return the new value, wrap, and carry between the halves. */
#include "test.h"

TEST("T03")
{
	uint32_t w = 0xfffffffe;
	aligned64 v = 0xfffffffe;

	EQ(xadd(&w, 1), 0xffffffff, "xadd");
	EQ(xadd(&w, 1), 0, "xadd that wraps");
	EQ(xadd(&w, -3), 0xfffffffd, "xadd of a negative number");
	EQ(xadd64(&v, 3), 0x100000001, "xadd64 that carries");
	EQ(xadd64(&v, -2), 0xffffffff, "xadd64 that borrows");
	EQ(xadd64(&v, -0xffffffffll), 0, "xadd64 to 0");
	EQ(xadd64(&v, -1), -1, "xadd64 below 0");
}
