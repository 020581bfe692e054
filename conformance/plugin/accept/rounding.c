/* N is a number that one add can hold, and never less than it has to be. */
/* arch: arm */
/* levels: -O2 */
/* has arm f: add ip, ip, #1003520; */
/* has arm g: add ip, ip, #16777216; */
/* has arm h: add ip, ip, #2880; cmp sp, ip; bhi 1f; movw ip, #188; */
/* record arm f: 1000008 256004096 1 */
void ext(void *);
void f(void) { char buf[1000000]; ext(buf); ext(0); }
void g(void) { char buf[0xffff00]; ext(buf); ext(0); }
void h(void) { char buf[3000]; ext(buf); ext(0); }
