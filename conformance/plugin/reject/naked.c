/* arch: amd64,386,arm */
/* error: function 'f' cannot split the stack: naked function */
__attribute__((naked)) void f(void)
{
	__asm__("");
}
