/* arm: the names of the Run-time ABI, 4.1.2, over core/program/convert.c. They pass
 * floating point in integer registers, also where the rest of the program is hard float. */
#include "program/program.h"

#define AEABI __attribute__((pcs("aapcs")))

AEABI double __aeabi_ul2d(uint64_t v);
AEABI double __aeabi_l2d(int64_t v);
AEABI float __aeabi_ul2f(uint64_t v);
AEABI float __aeabi_l2f(int64_t v);
AEABI uint64_t __aeabi_d2ulz(double d);
AEABI int64_t __aeabi_d2lz(double d);
AEABI uint64_t __aeabi_f2ulz(float f);
AEABI int64_t __aeabi_f2lz(float f);

double __aeabi_ul2d(uint64_t v)
{
	return __floatundidf(v);
}

double __aeabi_l2d(int64_t v)
{
	return __floatdidf(v);
}

float __aeabi_ul2f(uint64_t v)
{
	return __floatundisf(v);
}

float __aeabi_l2f(int64_t v)
{
	return __floatdisf(v);
}

uint64_t __aeabi_d2ulz(double d)
{
	return __fixunsdfdi(d);
}

int64_t __aeabi_d2lz(double d)
{
	return __fixdfdi(d);
}

uint64_t __aeabi_f2ulz(float f)
{
	return __fixunssfdi(f);
}

int64_t __aeabi_f2lz(float f)
{
	return __fixsfdi(f);
}
