/* arm: the names of the Run-time ABI, 4.3.1, over core/program/divide.c. The mod forms
 * return two values: two words as a 64-bit integer, two of 64 bits in r0-r3, as the base
 * standard returns a vector of 16 bytes (AAPCS 6.4), which is not the one of hard float. */
#include "program/program.h"

typedef uint64_t pair __attribute__((vector_size(16)));

uint32_t __aeabi_uidiv(uint32_t n, uint32_t d);
uint64_t __aeabi_uidivmod(uint32_t n, uint32_t d);
int32_t __aeabi_idiv(int32_t n, int32_t d);
uint64_t __aeabi_idivmod(int32_t n, int32_t d);
__attribute__((pcs("aapcs"))) pair __aeabi_uldivmod(uint64_t n, uint64_t d);
__attribute__((pcs("aapcs"))) pair __aeabi_ldivmod(int64_t n, int64_t d);

uint32_t __aeabi_uidiv(uint32_t n, uint32_t d)
{
	return __udivsi3(n, d);
}

uint64_t __aeabi_uidivmod(uint32_t n, uint32_t d)
{
	uint32_t q = __udivsi3(n, d);

	return (uint64_t)(n - q * d) << 32 | q;
}

int32_t __aeabi_idiv(int32_t n, int32_t d)
{
	return __divsi3(n, d);
}

uint64_t __aeabi_idivmod(int32_t n, int32_t d)
{
	uint32_t q = (uint32_t)__divsi3(n, d);

	return (uint64_t)((uint32_t)n - q * (uint32_t)d) << 32 | q;
}

pair __aeabi_uldivmod(uint64_t n, uint64_t d)
{
	uint64_t r, q = __udivmoddi4(n, d, &r);

	return (pair){ q, r };
}

pair __aeabi_ldivmod(int64_t n, int64_t d)
{
	int64_t r, q = __divmoddi4(n, d, &r);

	return (pair){ (uint64_t)q, (uint64_t)r };
}
