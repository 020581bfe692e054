/* Calls all of it, and has what compilers call by themselves. */
#include "prog.h"

volatile long sink, zero, one = 1, two = 2, ten = 10;
volatile double fzero, fone = 1, fhalf = 0.5;

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	char *t = to;
	const char *f = from;

	while (n-- > 0) {
		*t++ = *f++;
		__asm__ volatile("" : : : "memory");
	}
	return to;
}

void *memset(void *to, int c, size_t n)
{
	char *t = to;

	while (n-- > 0) {
		*t++ = (char)c;
		__asm__ volatile("" : : : "memory");
	}
	return to;
}

/* libgcc and the ARM EABI ask for it; never called. */
int raise(int sig);
int raise(int sig)
{
	sink = sig;
	return 0;
}

void run_all(void);
void run_all(void)
{
	run_leaf();
	run_frame();
	run_call();
	run_pops();
	run_align();
	run_dynamic();
	run_recursion();
	run_jump();
	run_math();
	run_float();
	run_indirect();
	run_path();
	run_struct();
	run_array();
	run_asm();
}
