/* error: function 'outer' cannot split the stack: alloca or variable-length array */
#define NOSPLIT __attribute__((nosplit))
void use(void *);
static inline NOSPLIT __attribute__((always_inline)) void inner(int n)
{
	char buf[n];
	use(buf);
}
void outer(int n)
{
	inner(n);
}
