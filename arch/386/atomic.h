/* 64-bit atomics of 386: everything is made of lock cmpxchg8b, because without FP
 * registers gcc calls a library for them. */
static inline NOSPLIT bool cas64(aligned64 *p, aligned64 old, aligned64 new)
{
	bool ok;

	__asm__ volatile("lock cmpxchg8b %1"
			 : "=@ccz"(ok), "+m"(*p), "+A"(old)
			 : "b"((uint32_t)new), "c"((uint32_t)(new >> 32))
			 : "memory");
	return ok;
}

ATOMIC_BY_CAS(atomicload64, atomicstore64, xchg64, xadd64)
