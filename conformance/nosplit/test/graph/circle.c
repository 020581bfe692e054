/* circle.c - functions that only each other call, and whose address is in data. */
#define NOINLINE __attribute__((noinline, noclone))

void even(int n);

NOINLINE static void below(int n)
{
	volatile char a[64];

	a[n & 63] = 1;
}

NOINLINE void odd(int n)
{
	volatile char a[100];

	a[0] = n;
	if (n)
		even(n - 1);
	below(n);
	__asm__ volatile("");
}

NOINLINE void even(int n)
{
	volatile char a[100];

	a[0] = n;
	if (n)
		odd(n - 1);
	__asm__ volatile("");
}

void *keep[] = { (void *)even };

void _start(void)
{
	for (;;)
		;
}
