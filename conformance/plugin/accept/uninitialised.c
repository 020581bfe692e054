/* A variable without a value in a scratch register is no reason to reject. */
/* flags: -w */
/* has all f: morestack */
void ext(int);
int f(int a)
{
	int x;
	if (a)
		ext(x);
	ext(a);
	return x;
}
