/* error: unknown argument 'frob' */
/* flags: -fplugin-arg-split-frob=1 */
int x;
