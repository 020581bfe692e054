/* With debug information the prologue keeps its CFI in step. */
/* flags: -g -fasynchronous-unwind-tables */
/* has all f: morestack */
void ext(void *);
int f(int n) { char buf[500]; ext(buf); return n; }
