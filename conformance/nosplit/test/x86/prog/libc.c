/*
 * libc.c - a program that makes a C library work, run under an emulator for trace.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int less(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int pick(int n)
{
	switch (n) {
	case 0: return 3;
	case 1: return n * 7;
	case 2: return 9;
	case 3: return n - 5;
	case 4: return 77;
	case 5: return -n;
	case 6: return n / 3;
	default: return 0;
	}
}

int main(int argc, char **argv)
{
	unsigned long long x = (unsigned)argc + strlen(argv[0]);
	int a[20], i;
	char text[64], *copy;

	for (i = 0; i < 20; i++) {
		a[i] = i * 7919 % 31;
		x = x * 6364136223846793005u + (unsigned)pick(i % 8);
	}
	qsort(a, 20, sizeof *a, less);
	for (i = 0; i < 20; i++) {
		snprintf(text, sizeof text, "%d %.2f %llx", a[i], a[i] / 3.0, x);
		x /= 3;
		copy = strdup(text);
		x += strtoul(copy, NULL, 10);
		free(copy);
	}
	return x == 0;
}
