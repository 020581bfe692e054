/* error: function 'outer' cannot split the stack: __builtin_return_address */
static inline __attribute__((always_inline)) void *pc(void)
{
	return __builtin_return_address(0);
}
void *outer(void)
{
	return pc();
}
