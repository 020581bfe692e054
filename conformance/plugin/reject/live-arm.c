/* error: function 'f' cannot split the stack: register ip is live on entry */
/* arch: arm */
long f(void)
{
	register long r __asm__("ip");
	__asm__ volatile("" : "+r"(r));
	return r;
}
