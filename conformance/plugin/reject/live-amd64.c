/* error: function 'f' cannot split the stack: register r11 is live on entry */
/* arch: amd64 */
long f(void)
{
	register long r __asm__("r11");
	__asm__ volatile("" : "+r"(r));
	return r;
}
