/* Floating point: other registers to save, and functions of libgcc. */
#include "prog.h"

static volatile float one_f = 1.5f;
static volatile uint64_t big = 0xfedcba9876543210;

KEEP static double float_add(double a, double b) { return a * b + a - fhalf; }
KEEP static float float_single(float a, float b, float c) { return a / b + c * one_f; }
KEEP static double float_kept(double a, double b, double c, double d)
{
	double e = a + b, f = b * c, g = c - d, h = a / (d + 1);

	sink++;
	e += float_add(a, b);
	f += float_add(c, d);
	return e * f + g * h + float_add(e, f) + a + b + c + d;
}
KEEP static uint64_t float_to(double a) { return (uint64_t)a + (uint64_t)(int64_t)a; }
KEEP static double float_from(uint64_t a) { return (double)a + (double)(int64_t)a; }
KEEP static float float_narrow(uint64_t a) { return (float)a + (float)(int32_t)a; }
KEEP static double float_array(const double *p, long n)
{
	double sum = 0, v[8];

	for (long i = 0; i < n; i++)
		v[i & 7] = p[i] * fhalf;
	USE(v);
	for (long i = 0; i < n; i++)
		sum += v[i & 7];
	return sum;
}
KEEP static double float_many(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j)
{
	return a - b + c - d + e - f + g - h + i * j;
}

void run_float(void)
{
	double v[9] = {1, 2, 3, 4, 5, 6, 7, 8, fone};

	USE(v);
	sink += (long)float_kept(fone, fhalf, 3, 4) + (long)float_single(one_f, 2, 3) + (long)float_to(fone * 1e10);
	sink += (long)(float_from(big) * 1e-6) + (long)(float_narrow(big) * 1e-6f) + (long)float_array(v, 9);
	sink += (long)float_many(1, 2, 3, 4, 5, 6, 7, 8, fone, fhalf);
}
