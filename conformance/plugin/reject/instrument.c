/* error: function 'f' cannot split the stack: __builtin_return_address */
/* flags: -finstrument-functions */
int f(int a)
{
	return a;
}
