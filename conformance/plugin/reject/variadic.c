/* error: function 'sum' cannot split the stack: variadic */
int sum(int n, ...)
{
	return n;
}
