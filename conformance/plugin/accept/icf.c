/* Identical functions are not merged when one of them is nosplit. */
/* levels: -O2 */
/* flags: -fipa-icf */
/* not all quiet: morestack */
/* has all quiet: . */
/* has all loud: morestack */
/* record all quiet: [0-9]+ 0 3 */
/* record all loud: [0-9]+ [0-9]+ 1 */
/* has all twin: morestack */
void ext(int);
__attribute__((nosplit)) int quiet(int a) { ext(a); ext(a + 1); return a; }
int loud(int a) { ext(a); ext(a + 1); return a; }
int twin(int a) { ext(a + 2); ext(a + 1); return a; }
