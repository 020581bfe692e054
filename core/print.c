/* Printing to standard error without a stack that can grow: used by throw, also
 * in syscall status and in signal handlers. */
#include "rt.h"

NOSPLIT static void put(const char *p, uintptr_t n)
{
	while (n > 0) {
		intptr_t w = oswrite(2, p, n);
		if (w <= 0)
			return; /* nowhere left to say so */
		p += w;
		n -= (uintptr_t)w;
	}
}

void prints(const char *s)
{
	uintptr_t n = 0;

	while (s[n])
		n++;
	put(s, n);
}

/* By subtraction: a 64-bit division would be a helper on 32-bit targets. */
uint32_t formatu(char buf[20], uint64_t v)
{
	char *p = buf;
	uint64_t power = 10000000000000000000u;
	static const uint64_t powers[] = {
		1000000000000000000u, 100000000000000000u, 10000000000000000u, 1000000000000000u,
		100000000000000u, 10000000000000u, 1000000000000u, 100000000000u, 10000000000u,
		1000000000u, 100000000u, 10000000u, 1000000u, 100000u, 10000u, 1000u, 100u, 10u, 1u,
	};

	for (uint32_t i = 0;; power = powers[i++]) {
		char d = '0';
		for (; v >= power; v -= power)
			d++;
		if (d != '0' || p != buf || power == 1)
			*p++ = d;
		if (power == 1)
			return (uint32_t)(p - buf);
	}
}

void printu(uint64_t v)
{
	char buf[20];

	put(buf, formatu(buf, v));
}

void printd(int64_t v)
{
	if (v < 0)
		put("-", 1);
	printu(v < 0 ? -(uint64_t)v : (uint64_t)v);
}

void printx(uint64_t v)
{
	char buf[18] = "0x", *p = buf + 2;

	/* Upward: of a loop that stores downward nobody can prove where it ends. */
	for (uint32_t digits = 16; digits > 0; digits--, v <<= 4)
		if (v >> 60 || p > buf + 2 || digits == 1)
			*p++ = "0123456789abcdef"[v >> 60];
	put(buf, (uintptr_t)(p - buf));
}
