/* Clocks: nsec(2), and cons(3)'s cputime. */
#include "plan9.h"

int64_t nanotime(void)
{
	return plan9_clock();
}

/* The first two numbers of 12 characters: ms in user mode and in the kernel. */
int64_t cputime(void)
{
	char text[24];
	int32_t ms = 0, part = 0, n = plan9_pread(plan9_cputime, text, sizeof text, 0);

	for (int32_t i = 0; i < n; i++) {
		if (text[i] >= '0')
			part = part * 10 + text[i] - '0';
		if (i % 12 == 11) {
			ms += part;
			part = 0;
		}
	}
	return (int64_t)ms * 1000000;
}
