/* Over-aligned locals: the bound is in the frame, and x86 says that it is one. */
/* levels: -O0 -O2 */
/* record amd64,386 f: [23][0-9][0-9] [0-9]+ 257 */
/* has all f: morestack */
void ext(void *);
void f(int n) { char buf[100] __attribute__((aligned(64))); ext(buf); ext(&n); }
