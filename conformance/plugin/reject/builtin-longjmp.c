/* error: function 'f' cannot split the stack: __builtin_setjmp, __builtin_longjmp */
void *buf[5];
void f(void)
{
	__builtin_longjmp(buf, 1);
}
