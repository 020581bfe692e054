/* error: the prologue is in AT&T syntax */
/* arch: amd64 386 */
/* flags: -masm=intel */
int x;
