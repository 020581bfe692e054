/* Every level compiles, and checks once. */
/* levels: -O1 -Os -O3 */
/* has all f: morestack0[01] */
/* not all f: morestack.*morestack */
/* has amd64,386,arm f: ^(cmpq|movl %gs|ldr ip) */
void ext(int);
int f(int n) { while (n--) ext(n); ext(0); return n; }
