/* A function without a check is small: the record of every leaf of the image says
 * that its frame, with a call, fits StackSmall. */
#include "test.h"

extern const struct funcrec __start_portkit_stack[], __stop_portkit_stack[];

/* A leaf with a frame that is larger: it has a check. */
__attribute__((noipa)) static uint32_t large(uint32_t n)
{
	volatile uint8_t frame[300];

	frame[n] = 1;
	return frame[n];
}

TEST("A09")
{
	uint32_t leaves = 0;

	EQ(large(7), 1, "result");
	EQ(findfunc((uintptr_t)large)->kind & 255, FuncSplit, "kind of a leaf with a large frame");
	for (const struct funcrec *f = __start_portkit_stack; f < __stop_portkit_stack; f++)
		if ((f->kind & 255) == FuncLeaf) {
			leaves++;
			CHECK(f->frame + CallSize <= StackSmall, "frame of a leaf without a check");
		}
	CHECK(leaves > 0, "leaves");
}
