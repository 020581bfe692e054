/* The OS's sleep layer without notes and locks around it, where it is a semaphore for
 * each M: threads that sleep in one place. What conformance/sleep/futex/layer.h does
 * with a futex. */
#ifndef CONFORMANCE_LAYER_H
#define CONFORMANCE_LAYER_H

#include "test.h"

struct bed {
	uint32_t count, woken;
	struct m *m[16]; /* who sleeps there, in the order of layerenter */
};

/* The calling thread will sleep there. */
static inline void layerenter(struct bed *b)
{
	struct m *mp = getm();

	if (mp->waitsema == 0)
		mp->waitsema = semacreate(mp);
	b->m[xadd(&b->count, 1) - 1] = mp;
}

/* Sleeps for ns, or until layerwake. */
static inline void layersleep(struct bed *b, int64_t ns)
{
	(void)b;
	semasleep(ns);
}

/* The next layersleep of the thread that called layerenter first has nothing to wait for. */
static inline void layerready(struct bed *b)
{
	semawakeup(b->m[0]);
}

/* And once more. */
static inline void layeragain(struct bed *b)
{
	layerready(b);
}

/* Wakes at most n, all if n is ~0u. */
static inline void layerwake(struct bed *b, uint32_t n)
{
	for (; n > 0 && b->woken < b->count; n--)
		semawakeup(b->m[b->woken++]);
}

/* As the kernel may: who sleeps on the note, or on the semaphore of mp, returns, and
 * nothing has happened. */
static inline void layerstray(struct note *n, struct m *mp)
{
	(void)n;
	signalm(mp);
}

/* hook is called before each wakeup; a lock's, if it is that of the mutex. */
#define BEFORE_WAKEUP(mutex, hook)                                               \
	NOSPLIT void __real_semawakeup(struct m *mp);                             \
	NOSPLIT void __wrap_semawakeup(struct m *mp);                             \
	void __wrap_semawakeup(struct m *mp)                                      \
	{                                                                         \
		if (!(atomicloadp(&(mutex)->waiters) & 1)) /* unlocked already */ \
			hook();                                                   \
		__real_semawakeup(mp);                                            \
	}

/* hook is called after each wakeup. */
#define AFTER_WAKEUP(hook)                            \
	NOSPLIT void __real_semawakeup(struct m *mp); \
	NOSPLIT void __wrap_semawakeup(struct m *mp); \
	void __wrap_semawakeup(struct m *mp)          \
	{                                             \
		__real_semawakeup(mp);                \
		hook();                               \
	}

#endif
