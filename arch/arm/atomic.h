/* 64-bit atomics of arm: ldrexd and strexd, which the compiler has inline from
 * ARMv7 on (before that the kernel helper page would be needed). */
ATOMIC_OPS(aligned64, atomicload64, atomicstore64, cas64, xchg64)
ATOMIC_ADD(aligned64, int64_t, xadd64)
