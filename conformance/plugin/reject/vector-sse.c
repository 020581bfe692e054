/* error: function 'f' cannot split the stack: vector parameter in a register */
/* arch: 386 */
typedef float vector __attribute__((vector_size(16)));
void g(void);
vector f(vector v)
{
	g();
	return v;
}
