/* error: function 'f' cannot split the stack: __builtin_eh_return */
void f(long offset, void *handler)
{
	__builtin_eh_return(offset, handler);
}
