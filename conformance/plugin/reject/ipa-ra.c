/* error: '-fipa-ra' does not know what morestack changes */
/* flags: -fipa-ra */
void g(void);
void f(void)
{
	g();
}
