/* error: function 'f' cannot split the stack: parameter aligned to more than 16 bytes */
/* arch: amd64 */
struct wide {
	int a[8];
} __attribute__((aligned(64)));
int f(struct wide w)
{
	return w.a[3];
}
