/*
 * pe.c - a seed: a PE image with imports, a table of jumps, a call through a pointer.
 *
 * Built with a compiler for windows, without its library.
 */
void __attribute__((stdcall)) ExitProcess(unsigned);
void __attribute__((stdcall)) Sleep(unsigned);

static volatile int n;

static int __attribute__((noinline)) choose(int i)
{
	switch (i) {
	case 0: return n + 3;
	case 1: return n * 5;
	case 2: Sleep(1); return 7;
	case 3: return n - 1;
	case 4: return n << 2;
	case 5: return n ^ 9;
	}
	return 0;
}

static int (*const by[])(int) = { choose, 0 };

void start(void);
void start(void)
{
	char array[200];

	for (unsigned i = 0; i < sizeof array; i++)
		((volatile char *)array)[i] = (char)by[n](n);
	ExitProcess((unsigned char)array[n]);
}
