/* A tail call from a function without a frame: a leaf. With a frame: a check. */
/* levels: -O2 */
/* not all jump: morestack */
/* has amd64,386 jump: jmp h */
/* has arm jump: b h */
/* record all jump: [0-9]+ 0 2 */
/* has all work: morestack */
int g(void);
void ext(void);
int jump(void) { return h(); }
int work(void) { ext(); return h(); }
