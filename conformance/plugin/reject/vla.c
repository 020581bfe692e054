/* error: function 'f' cannot split the stack: alloca or variable-length array */
void use(void *);
void f(int n)
{
	char buf[n];
	use(buf);
}
