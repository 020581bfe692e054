/* Functions whose frames unwind information describes in each of its ways: small and large
 * allocations, pushes, a frame register. */
#define NOINLINE __declspec(noinline)

NOINLINE int leaf(int *p)
{
	volatile int a[4];

	a[0] = *p;
	return a[0];
}

NOINLINE int large(int n)
{
	volatile int a[400];

	a[n] = 3;
	return leaf((int *)&a[n]) + a[1];
}

NOINLINE int huge(int n)
{
	volatile char a[600000];

	a[n] = 3;
	return large(n) + a[1];
}

NOINLINE int framed(int n)
{
	volatile char *a = __builtin_alloca((unsigned)n);

	a[0] = 3;
	return leaf((int *)a) + large(n);
}

NOINLINE int pushes(int a, int b, int c, int d)
{
	int x = large(a), y = huge(b), z = large(c);

	return x * y + z * framed(d) + a + b + c;
}

int lies(void);
int start(void)
{
	return pushes(1, 2, 3, 4) + lies();
}
