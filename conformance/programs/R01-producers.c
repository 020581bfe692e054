/* Producers and consumers over a ring: two semaphores count its free and its full
 * slots, a third one guards it. Every item comes out once, on one P and on several. */
#include "test.h"

enum { Slots = 16, Producers = 4, Consumers = 3, Items = 3000 /* of each producer */, All = Producers * Items };

static uint32_t ring[Slots], in, out;
static uint32_t free = Slots, full, guard = 1;
static uint32_t made, used, ended;
static uint8_t seen[All];

static void put(uint32_t item)
{
	semacquire(&free);
	semacquire(&guard);
	ring[in++ % Slots] = item;
	semrelease(&guard);
	semrelease(&full);
}

static uint32_t get(void)
{
	uint32_t item;

	semacquire(&full);
	semacquire(&guard);
	item = ring[out++ % Slots];
	semrelease(&guard);
	semrelease(&free);
	return item;
}

static void producer(void *arg)
{
	uint32_t first = (uint32_t)(uintptr_t)arg * Items;

	for (uint32_t i = 0; i < Items; i++)
		put(first + i);
	xadd(&made, Items);
}

static void consumer(void *arg)
{
	uint32_t item;

	(void)arg;
	while ((item = get()) < All) {
		seen[item]++; /* one consumer has it, if all is well */
		xadd(&used, 1);
	}
	xadd(&ended, 1);
}

TEST("R01")
{
	uint32_t wrong = 0;

	for (uint32_t procs = 1; procs <= 4; procs += 3) {
		gomaxprocs(procs);
		made = used = ended = 0;
		memset(seen, 0, sizeof seen);
		for (uint32_t i = 0; i < Consumers; i++)
			newproc(consumer, 0);
		for (uintptr_t i = 0; i < Producers; i++)
			newproc(producer, (void *)i);
		AWAIT(&used, All, "items that were used");
		for (uint32_t i = 0; i < Consumers; i++)
			put(All); /* no more */
		AWAIT(&ended, Consumers, "consumers that ended");
		EQ(made, All, "items that were made");
		for (uint32_t i = 0; i < All; i++)
			wrong += seen[i] != 1;
	}
	EQ(wrong, 0, "items that came out more than once, or never");
	EQ(free, Slots, "free slots in the end");
	EQ(full, 0, "full slots in the end");
}
