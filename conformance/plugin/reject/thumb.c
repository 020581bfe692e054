/* error: function 'f' cannot split the stack: Thumb code */
/* arch: arm */
/* flags: -mthumb */
int f(int a)
{
	return a;
}
