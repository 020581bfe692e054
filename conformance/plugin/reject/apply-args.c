/* error: function 'f' cannot split the stack: __builtin_apply_args, __builtin_apply or */
void *g(void);
int f(int a)
{
	(void)a;
	__builtin_return(__builtin_apply((void (*)())g, __builtin_apply_args(), 64));
}
