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

/* Makes *p the value of new, in which old is what *p was; returns old. The plain
 * load may be torn: cas64 decides. */
#define UPDATE64(p, old, new)                                                                      \
	({                                                                                         \
		aligned64 old = *(volatile aligned64 *)(p);                                        \
		while (!cas64(p, old, new))                                                        \
			old = *(volatile aligned64 *)(p);                                          \
		old;                                                                               \
	})

static inline NOSPLIT aligned64 xchg64(aligned64 *p, aligned64 v)
{
	return UPDATE64(p, old, v);
}

static inline NOSPLIT aligned64 xadd64(aligned64 *p, int64_t d)
{
	return UPDATE64(p, old, old + (aligned64)d) + (aligned64)d;
}

static inline NOSPLIT aligned64 atomicload64(aligned64 *p)
{
	return UPDATE64(p, old, old);
}

static inline NOSPLIT void atomicstore64(aligned64 *p, aligned64 v)
{
	xchg64(p, v);
}
