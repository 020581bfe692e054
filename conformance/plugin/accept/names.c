/* A function that is given its assembler name is recorded by that name. */
/* record all chosen.name: [0-9]+ [0-9]+ 1 */
/* record all f: none */
/* has all chosen.name: morestack */
void ext(void *);
void f(void) __asm__("chosen.name");
void f(void) { ext(0); ext(0); }
