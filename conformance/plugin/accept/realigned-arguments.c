/* Realignment with arguments on the stack: the register that x86 finds them by is
 * a scratch register on amd64, but is set after the check. */
/* levels: -O0 -O2 -Os */
/* flags: -w */
/* has all f: morestack */
/* not all f: morestack.*morestack */
struct large { char c[41]; };
int sink(void *, ...);
struct large f(int a, long b, struct large c, int d)
{
	char buf[100] __attribute__((aligned(32)));
	sink(buf, c, d, a, b, 1.0, c);
	sink(buf, c, c);
	return c;
}
