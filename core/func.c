/* Which function an address is in, by the records that the compiler plugin and
 * assembly leave of each (struct funcrec). They are in the order of linking, so they
 * are sorted at start: a profile asks for 64 frames a thousand times a second. Until
 * then, and for the very first throw, all of them are looked through. */
#include "sched.h"

extern const struct funcrec __start_portkit_stack[], __stop_portkit_stack[];
extern const char etext[]; /* the linker's: the end of the image's code */

static const struct funcrec **sorted; /* by address, once it is there */
static uint32_t nsorted;

static void siftdown(const struct funcrec **heap, uint32_t i, uint32_t n)
{
	const struct funcrec *f = heap[i];

	for (;;) {
		uint32_t child = 2 * i + 1;
		if (child >= n)
			break;
		if (child + 1 < n && heap[child + 1]->addr > heap[child]->addr)
			child++;
		if (heap[child]->addr <= f->addr)
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = f;
}

void sortfuncs(void)
{
	uint32_t n = (uint32_t)(__stop_portkit_stack - __start_portkit_stack);
	const struct funcrec **all = sysalloc(n * sizeof *all), *last;

	if (!all)
		return; /* slow, but as good */
	for (uint32_t i = 0; i < n; i++)
		all[i] = &__start_portkit_stack[i];
	for (uint32_t i = n / 2; i-- > 0;)
		siftdown(all, i, n);
	for (uint32_t i = n; i-- > 1;) {
		last = all[i];
		all[i] = all[0];
		all[0] = last;
		siftdown(all, 0, i);
	}
	nsorted = n;
	sorted = all;
}

/* The function that starts last at or before pc. Nosplit: a throw comes from anywhere,
 * a tick too. */
const struct funcrec *findfunc(uintptr_t pc)
{
	const struct funcrec *best = 0;
	uint32_t low = 0, high = nsorted;

	if (pc >= (uintptr_t)etext) /* foreign code, as the kernel's clock, or no code at all */
		return 0;
	if (!sorted) {
		for (const struct funcrec *f = __start_portkit_stack; f < __stop_portkit_stack; f++)
			if (f->addr <= pc && (!best || f->addr > best->addr))
				best = f;
		return best;
	}
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (sorted[middle]->addr <= pc)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? sorted[low - 1] : 0;
}
