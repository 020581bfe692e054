/* arch: amd64,386,arm */
/* error: bytes of stack arguments, above the limit of */
struct large {
	long a[4096 + 4];
};
long f(struct large l)
{
	return l.a[2];
}
