/* error: is an alias of 'f', but only one of them is NOSPLIT */
void g(void);
void f(void)
{
	g();
}
void h(void) __attribute__((alias("f"), nosplit));
