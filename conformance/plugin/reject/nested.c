/* error: cannot split the stack: nested function that uses a static chain */
int apply(int (*)(int), int);
int f(int n)
{
	int __attribute__((noinline)) add(int x)
	{
		return x + n++;
	}
	return apply(add, 3) + n;
}
