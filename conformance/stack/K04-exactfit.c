/* Segments are made as large as a frame needs: for every frame in steps of a word
 * around the sizes of segments, and argument words, morestack finds room in what
 * newstack gives (if it did not, the two would go on for ever). */
#include "test.h"

static uint32_t under;

struct asked {
	uint32_t frame, words;
};

static void onestep(void *arg)
{
	struct asked *a = arg;
	struct g *gp = getm()->curg;
	uintptr_t sp, lowest, guard;
	static char block[MoreRegsSize] __attribute__((aligned(16)));
	struct more *more = (struct more *)block;

	/* newstack runs on g0, for curg. */
	more->oldsp = gp->stackbase->guard;
	more->packed = (a->frame + 15) / 16 << PackFrameShift | a->words;
	newstack(more);
	/* What morestack then computes. */
	sp = (uintptr_t)gp->stackbase->next;
	guard = gp->stackbase->next->guard;
	lowest = gp->stackbase->next->lowest;
	sp = (sp - a->words * PtrSize) & ~(uintptr_t)15;
	sp -= CallSize + (a->frame > StackSmall ? ((a->frame + 15) & ~15u) + 15 - StackSmall : 0);
	if (sp <= guard || guard != lowest + StackGuard)
		under++;
}

TEST("K04")
{
	static const uint32_t around[] = { 0, 128, 1024, 2048, 3072, 3500, 3840, 4096, 8192, 65536, 1 << 20 };
	struct asked a;

	for (uint32_t i = 0; i < nelem(around); i++)
		for (int32_t d = -256; d <= 256; d += PtrSize)
			for (a.words = 0; a.words <= 40; a.words += 8) {
				if ((int32_t)around[i] + d < 0)
					continue;
				a.frame = around[i] + (uint32_t)d;
				ong0(onestep, &a);
			}
	EQ(under, 0, "segments that morestack would find too small");
}
