/* error: function 'f' cannot split the stack: __builtin_return_address */
void *f(void)
{
	return __builtin_return_address(0);
}
