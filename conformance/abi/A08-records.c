/* The compiler's record of a function tells its frame: sp at a call plus the frame
 * is the caller's sp, for frames of many sizes. */
#include "test.h"

static uintptr_t callee; /* sp at the call in the function under test */

NOSPLIT NOINLINE static uintptr_t look(void)
{
	callee = getcallersp();
	return getcallerpc();
}

#define FRAME(n)                                                                                    \
	NOSPLIT NOINLINE static uintptr_t frame##n(uintptr_t *sp, uint32_t k)                      \
	{                                                                                          \
		volatile uint8_t b[n];                                                             \
		b[k] = 1;                                                                          \
		uintptr_t pc = look();                                                             \
		*sp = getcallersp();                                                               \
		return pc + b[k] - 1;                                                              \
	}
FRAME(1)
FRAME(17)
FRAME(200)
FRAME(1111)
FRAME(4096)

TEST("A08")
{
	static uintptr_t (*const fns[])(uintptr_t *, uint32_t) = { frame1, frame17, frame200, frame1111, frame4096 };

	for (uint32_t i = 0; i < nelem(fns); i++) {
		uintptr_t sp, pc = fns[i](&sp, 0);
		const struct funcrec *f = findfunc(pc - 1);
		EQ(f->addr, (uintptr_t)fns[i], "the function that holds the return address");
		EQ(f->kind & 255, FuncNosplit, "kind");
		EQ(callee + f->frame, sp, "sp at the call plus the frame");
	}
}
