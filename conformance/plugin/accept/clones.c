/* What gcc makes of a nosplit function is nosplit, and has its own record. */
/* levels: -O2 -O3 */
/* flags: -fno-inline -fipa-cp -fipa-cp-clone -fipa-sra -fno-ipa-icf */
/* not all quiet.constprop.0: morestack */
/* has all quiet.constprop.0: . */
/* record all quiet.constprop.0: [0-9]+ 0 3 */
/* has all loud.constprop.0: morestack */
/* record all loud.constprop.0: [0-9]+ [0-9]+ 1 */
/* record all quiet: none */
#define NOSPLIT __attribute__((nosplit))
void ext(int);
static NOSPLIT __attribute__((noinline)) int quiet(int a, int b)
{
	ext(a);
	ext(b);
	return a * b;
}
static __attribute__((noinline)) int loud(int a, int b)
{
	ext(a);
	ext(b);
	return a * b;
}
int f(int x) { return quiet(x, 3) + quiet(x + 1, 3) + loud(x, 3) + loud(x + 1, 3); }
