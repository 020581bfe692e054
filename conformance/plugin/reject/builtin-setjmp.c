/* error: function 'f' cannot split the stack: __builtin_setjmp */
void *buf[5];
int g(void);
int f(void)
{
	return __builtin_setjmp(buf) ? 1 : g();
}
