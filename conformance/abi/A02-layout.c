/* Sizes and data model are what the contract says. */
#include "test.h"

TEST("A02")
{
	EQ(sizeof(void *), PtrSize, "bytes of a pointer");
	EQ(sizeof(uintptr_t), PtrSize, "bytes of uintptr_t");
	EQ(sizeof(struct gobuf), (4 + GobufRegs) * PtrSize, "bytes of struct gobuf");
	EQ((uintptr_t)getg()->stackbase & 15, 0, "alignment of a segment's top");
	EQ(StackLimit, StackGuard - StackSystem - StackSmall, "StackLimit");
	CHECK((uintptr_t)getg()->stackbase < StackTop, "stacks lie below StackTop");
	CHECK(StackPreempt + PackFrameMax > StackPreempt, "a poisoned guard does not wrap");
	CHECK(StackPreempt > StackTop - 1, "a poisoned guard exceeds every sp");
	aligned64 words[2];
	EQ((uintptr_t)&words[1] - (uintptr_t)&words[0], 8, "bytes of aligned64");
	EQ((uintptr_t)words & 7, 0, "alignment of aligned64");
}
