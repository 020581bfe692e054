/* error: function 'f' cannot split the stack: __builtin_frame_address above 0 */
void *f(void)
{
	return __builtin_frame_address(1);
}
