/* error: function 'f' cannot split the stack: frame of */
void use(void *);
void f(void)
{
	char buf[0x1000000];
	use(buf);
}
