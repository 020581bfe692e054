/* error: function 'f' cannot split the stack: profiling (-pg) */
/* flags: -pg */
int f(int a)
{
	return a;
}
