/* Conversions between 64-bit integers and floating point, by halves of 32 bits, which
 * processors convert by themselves. */
#include "program/program.h"

double __floatundidf(uint64_t v)
{
	/* The product is exact: the sum is rounded, once. */
	return (double)(uint32_t)(v >> 32) * 0x1p32 + (double)(uint32_t)v;
}

double __floatdidf(int64_t v)
{
	return v < 0 ? -__floatundidf(-(uint64_t)v) : __floatundidf((uint64_t)v);
}

/* By a double, which holds it without rounding once its low bits are one that says whether
 * any of them was set: a float's last bit is above that. */
float __floatundisf(uint64_t v)
{
	enum { Low = 0x7ff };

	if (v >> 53 != 0)
		v = (v & ~(uint64_t)Low) | (uint64_t)((v & Low) != 0) << 11;
	return (float)__floatundidf(v);
}

float __floatdisf(int64_t v)
{
	return v < 0 ? -__floatundisf(-(uint64_t)v) : __floatundisf((uint64_t)v);
}

uint64_t __fixunsdfdi(double d)
{
	uint32_t high;

	if (!(d >= 1))
		return 0;
	if (d >= 0x1p64)
		return UINT64_MAX;
	high = (uint32_t)(d * 0x1p-32);
	return (uint64_t)high << 32 | (uint32_t)(d - (double)high * 0x1p32);
}

int64_t __fixdfdi(double d)
{
	if (d >= 0x1p63)
		return INT64_MAX;
	if (d <= -0x1p63)
		return INT64_MIN;
	return d < 0 ? -(int64_t)__fixunsdfdi(-d) : (int64_t)__fixunsdfdi(d);
}

uint64_t __fixunssfdi(float f)
{
	return __fixunsdfdi((double)f);
}

int64_t __fixsfdi(float f)
{
	return __fixdfdi((double)f);
}
