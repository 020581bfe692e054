/* Atomic operations on words and pointers, from the compiler's builtins, and
 * the template from which a port makes the 64-bit ones: included by rt.h before
 * the port's own atomic.h.
 *
 * Loads are acquire, stores are release; read-modify-write operations are
 * sequentially consistent, also when a cas fails. A store followed by a load
 * of another word is ordered only if one of the two is an xchg, cas or xadd.
 * All are nosplit and inline on every port (the build refuses an image that
 * calls an __atomic_ helper). 64-bit words must be 8-aligned: use aligned64,
 * because 386 aligns uint64_t in a struct to 4.
 */
#ifndef CORE_GENERIC_ATOMIC_H
#define CORE_GENERIC_ATOMIC_H

#define ATOMIC_OPS(T, LOAD, STORE, CAS, XCHG)                                                      \
	static inline NOSPLIT T LOAD(T *p)                                                         \
	{                                                                                          \
		return __atomic_load_n(p, __ATOMIC_ACQUIRE);                                       \
	}                                                                                          \
	static inline NOSPLIT void STORE(T *p, T v)                                                \
	{                                                                                          \
		__atomic_store_n(p, v, __ATOMIC_RELEASE);                                          \
	}                                                                                          \
	static inline NOSPLIT bool CAS(T *p, T old, T new)                                         \
	{                                                                                          \
		return __atomic_compare_exchange_n(p, &old, new, false, __ATOMIC_SEQ_CST,          \
						   __ATOMIC_SEQ_CST);                              \
	}                                                                                          \
	static inline NOSPLIT T XCHG(T *p, T v) /* returns the old value */                        \
	{                                                                                          \
		return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);                                \
	}
#define ATOMIC_ADD(T, D, XADD)                                                                     \
	static inline NOSPLIT T XADD(T *p, D d) /* returns the new value */                        \
	{                                                                                          \
		return __atomic_add_fetch(p, (T)d, __ATOMIC_SEQ_CST);                              \
	}

/* 64-bit ones of a 32-bit arch that has but cas64. All sequentially consistent. UPDATE64
 * makes *p the value of new, in which old is what *p was; returns old. The plain load
 * may be torn: cas64 decides. */
#define UPDATE64(p, old, new)                                                                      \
	({                                                                                         \
		aligned64 old = *(volatile aligned64 *)(p);                                        \
		while (!cas64(p, old, new))                                                        \
			old = *(volatile aligned64 *)(p);                                          \
		old;                                                                               \
	})
#define ATOMIC_BY_CAS(LOAD, STORE, XCHG, XADD)                                                     \
	static inline NOSPLIT aligned64 XCHG(aligned64 *p, aligned64 v)                            \
	{                                                                                          \
		return UPDATE64(p, old, v);                                                        \
	}                                                                                          \
	static inline NOSPLIT aligned64 XADD(aligned64 *p, int64_t d)                              \
	{                                                                                          \
		return UPDATE64(p, old, old + (aligned64)d) + (aligned64)d;                        \
	}                                                                                          \
	static inline NOSPLIT aligned64 LOAD(aligned64 *p)                                         \
	{                                                                                          \
		return UPDATE64(p, old, old);                                                      \
	}                                                                                          \
	static inline NOSPLIT void STORE(aligned64 *p, aligned64 v)                                \
	{                                                                                          \
		XCHG(p, v);                                                                        \
	}

ATOMIC_OPS(uint32_t, atomicload, atomicstore, cas, xchg)
ATOMIC_OPS(uintptr_t, atomicloadp, atomicstorep, casp, xchgp)
ATOMIC_ADD(uint32_t, int32_t, xadd)

#endif
