/* error: function 'f' cannot split the stack: profiling (-pg) */
/* flags: -pg -fno-omit-frame-pointer */
int f(int a)
{
	return a;
}
