/* error: function 'f' cannot split the stack: register ax is live on entry */
/* arch: 386 */
long f(void)
{
	register long r __asm__("eax");
	__asm__ volatile("" : "+r"(r));
	return r;
}
