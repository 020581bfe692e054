/* 64-bit atomics of arm64: the compiler has them inline. */
ATOMIC_OPS(aligned64, atomicload64, atomicstore64, cas64, xchg64)
ATOMIC_ADD(aligned64, int64_t, xadd64)
