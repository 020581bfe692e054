/* error: '-fsplit-stack' would check the stack a second time */
/* arch: amd64 386 */
/* flags: -fsplit-stack */
int x;
