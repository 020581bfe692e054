/* The OS's sleep layer without notes and locks around it, where it is futexes: threads
 * that sleep in one place. What conformance/sleep/sema/layer.h does with semaphores. */
#ifndef CONFORMANCE_LAYER_H
#define CONFORMANCE_LAYER_H

#include "test.h"

struct bed {
	uint32_t word;
};

/* The calling thread will sleep there. */
static inline void layerenter(struct bed *b)
{
	(void)b;
}

/* Sleeps for ns, or until layerwake. */
static inline void layersleep(struct bed *b, int64_t ns)
{
	futexsleep(&b->word, 0, ns);
}

/* The next layersleep has nothing to wait for. */
static inline void layerready(struct bed *b)
{
	b->word = 7;
}

/* And once more. */
static inline void layeragain(struct bed *b)
{
	b->word = ~0u;
}

/* Wakes at most n, all if n is ~0u. */
static inline void layerwake(struct bed *b, uint32_t n)
{
	futexwakeup(&b->word, n);
}

/* As the kernel may: who sleeps on the note, or on the semaphore of mp, returns, and
 * nothing has happened. */
static inline void layerstray(struct note *n, struct m *mp)
{
	futexwakeup(&n->key, 1);
	futexwakeup(&mp->waitsemacount, 1);
}

/* hook is called before each wakeup; a lock's, if it is that of the mutex. */
#define BEFORE_WAKEUP(mutex, hook)                                  \
	NOSPLIT void __real_futexwakeup(uint32_t *addr, uint32_t n); \
	NOSPLIT void __wrap_futexwakeup(uint32_t *addr, uint32_t n); \
	void __wrap_futexwakeup(uint32_t *addr, uint32_t n)          \
	{                                                            \
		if (addr == &(mutex)->key)                           \
			hook();                                      \
		__real_futexwakeup(addr, n);                         \
	}

/* hook is called after each wakeup. */
#define AFTER_WAKEUP(hook)                                           \
	NOSPLIT void __real_futexwakeup(uint32_t *addr, uint32_t n); \
	NOSPLIT void __wrap_futexwakeup(uint32_t *addr, uint32_t n); \
	void __wrap_futexwakeup(uint32_t *addr, uint32_t n)          \
	{                                                            \
		__real_futexwakeup(addr, n);                         \
		hook();                                              \
	}

#endif
