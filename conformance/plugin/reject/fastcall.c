/* error: function 'f' cannot split the stack: arguments in registers (fastcall */
/* arch: 386 */
__attribute__((fastcall)) int f(int a)
{
	return a;
}
