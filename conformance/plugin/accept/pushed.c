/* Arguments that are pushed one by one are in the frame. */
/* arch: 386 */
/* flags: -mno-accumulate-outgoing-args */
/* record all f: (44|48|52|56|60) 0 257 */
/* has all f: push */
/* record all h: 1[0-9][0-9] [0-9]+ 257 */
/* has all h: morestack10 */
void ext(int, int, int, int, int, int, int, int, int, int);
struct s { int a[36]; };
void pass(struct s);
void f(void) { ext(1, 2, 3, 4, 5, 6, 7, 8, 9, 10); ext(1, 2, 3, 4, 5, 6, 7, 8, 9, 10); }
struct s v;
void h(void) { pass(v); pass(v); }
