/* error: needs the operand that holds g */
/* arch: 386 */
/* flags: -fplugin-arg-split-g= */
int x;
