/* xchg, xchgp and xchg64 return what was there. */
#include "test.h"

TEST("T04")
{
	uint32_t w = 1;
	uintptr_t p = 2;
	aligned64 v = 0x300000004;

	EQ(xchg(&w, 7), 1, "xchg");
	EQ(xchgp(&p, 8), 2, "xchgp");
	EQ(xchg64(&v, 0x900000008), 0x300000004, "xchg64");
	EQ(w, 7, "word after xchg");
	EQ(p, 8, "word after xchgp");
	EQ(v, 0x900000008, "word after xchg64");
	atomicstore(&w, 1);
	atomicstorep(&p, 2);
	atomicstore64(&v, 0x300000004);
	EQ(atomicload(&w), 1, "atomicload");
	EQ(atomicloadp(&p), 2, "atomicloadp");
	EQ(atomicload64(&v), 0x300000004, "atomicload64");
}
