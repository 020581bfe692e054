/* Functions that end nowhere. */
/* has all f: morestack10 */
/* has all h: morestack */
void ext(void *) __attribute__((noreturn));
void f(void) { char buf[500]; ext(buf); }
void h(void) { volatile char buf[500]; buf[1] = 0; __builtin_unreachable(); }
