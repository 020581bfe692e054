/* 64-bit atomics of 386: everything is a loop around lock cmpxchg8b, because
 * without FP registers gcc calls a library for them. Sequentially consistent. */
static inline NOSPLIT bool cas64(aligned64 *p, aligned64 old, aligned64 new)
{
	bool ok;

	__asm__ volatile("lock cmpxchg8b %1"
			 : "=@ccz"(ok), "+m"(*p), "+A"(old)
			 : "b"((uint32_t)new), "c"((uint32_t)(new >> 32))
			 : "memory");
	return ok;
}

static inline NOSPLIT aligned64 atomicload64(aligned64 *p)
{
	aligned64 v = 0;

	/* Replaces 0 by 0, or fails and loads the value: *p never changes. */
	__asm__ volatile("lock cmpxchg8b %1" : "+A"(v), "+m"(*p) : "b"(0), "c"(0) : "cc", "memory");
	return v;
}

static inline NOSPLIT aligned64 xchg64(aligned64 *p, aligned64 v)
{
	aligned64 old = *(volatile aligned64 *)p; /* torn or not: cas64 decides */

	while (!cas64(p, old, v))
		old = *(volatile aligned64 *)p;
	return old;
}

static inline NOSPLIT void atomicstore64(aligned64 *p, aligned64 v)
{
	xchg64(p, v);
}

static inline NOSPLIT aligned64 xadd64(aligned64 *p, int64_t d)
{
	aligned64 old = *(volatile aligned64 *)p;

	while (!cas64(p, old, old + (aligned64)d))
		old = *(volatile aligned64 *)p;
	return old + (aligned64)d;
}
