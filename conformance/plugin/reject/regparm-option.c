/* error: function 'f' cannot split the stack: arguments in integer registers (regparm) */
/* arch: 386 */
/* flags: -mregparm=2 */
int f(int a)
{
	return a;
}
