/* error: argument 'g' has no meaning on */
/* arch: amd64 arm */
/* flags: -fplugin-arg-split-g=%gs:8 */
int x;
