/* A small leaf has no check and counts as nosplit; a large one has a check. */
/* not all small: morestack */
/* has all small: . */
/* record amd64,386,arm small: [0-9]+ 0 2 */
/* has all large: morestack1[01] */
/* record all large: [0-9]+ [0-9]+ 1 */
/* not all brink: morestack */
/* has all beyond: morestack00 */
int small(int a) { return a + 1; }
int large(int a) { volatile char buf[300]; buf[a] = 1; return buf[0]; }
int brink(void) { volatile char buf[96]; buf[3] = 1; return buf[4]; }
#ifdef __x86_64__
int beyond(void) { volatile char buf[112]; buf[3] = 1; return buf[4]; }
#else
void ext(void);
int beyond(void) { volatile char buf[104]; ext(); buf[3] = 1; return buf[4]; }
#endif
