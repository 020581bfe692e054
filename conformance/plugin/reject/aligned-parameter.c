/* error: function 'f' cannot split the stack: parameter aligned to more than 16 bytes */
/* arch: amd64 386 */
/* flags: -mavx */
typedef int wide __attribute__((vector_size(32)));
int f(int a, wide w)
{
	return a + w[3];
}
