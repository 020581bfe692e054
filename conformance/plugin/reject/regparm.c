/* error: function 'f' cannot split the stack: arguments in integer registers (regparm) */
/* arch: 386 */
__attribute__((regparm(1))) int f(int a)
{
	return a;
}
