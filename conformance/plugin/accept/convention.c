/* Static functions keep the standard convention. */
/* levels: -O2 */
/* has 386 f: morestack8; */
/* has 386 f: \(%esp\), %e */
/* has 386 d: morestack8; */
/* has amd64,arm f: morestack00; */
void ext(int);
static __attribute__((noinline)) int f(int a, int b) { ext(a); ext(b); return 2; }
static __attribute__((noinline)) double d(double a) { ext(1); return a * 2; }
int h(int a) { return f(a, 2) + f(3, a) + (int)d(a) + (int)d(a + 1); }
