/* Locals that are aligned more than sp is: the frame depends on where sp was. */
#include "prog.h"

KEEP static void align_32(void)
{
	ALIGN(32) volatile char c[32];

	c[0] = (char)one;
	c[31] = (char)two;
	USE(c);
}
KEEP static void align_64(void)
{
	ALIGN(64) volatile char c[100];

	c[0] = (char)one;
	c[99] = (char)two;
	USE(c);
}
KEEP static void align_two(void)
{
	ALIGN(64) volatile char c[64];
	ALIGN(16) volatile char d[40];
	long v[3] = {one, two, ten};

	c[0] = (char)one;
	d[39] = (char)two;
	USE(c);
	USE(d);
	USE(v);
}
KEEP static void align_256(void)
{
	ALIGN(256) volatile char c[300];

	c[0] = (char)one;
	c[299] = (char)two;
	USE(c);
}
KEEP static void align_calls(void)
{
	ALIGN(64) volatile char c[64];

	c[0] = (char)one;
	USE(c);
	align_64();
	c[63] = (char)two;
	USE(c);
}
KEEP static void dyn_align(void)
{
	ALIGN(64) volatile char c[64];
	volatile char *p = __builtin_alloca((size_t)ten);

	p[9] = c[0] = (char)one;
	USE(c);
	USE(p);
}

void run_align(void)
{
	for (long i = 0; i < 256; i += SHIFT)
		dyn_shifted(align_256, i);
	for (long i = 0; i < 128; i += SHIFT) {
		dyn_shifted(align_32, i);
		dyn_shifted(align_64, i);
		dyn_shifted(align_two, i);
		dyn_shifted(align_calls, i);
		dyn_shifted(asm_saved, i);
	}
	dyn_align();
}
