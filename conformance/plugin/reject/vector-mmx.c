/* error: function 'f' cannot split the stack: vector parameter in a register */
/* arch: 386 */
/* flags: -mmmx */
typedef int vector __attribute__((vector_size(8)));
void g(void);
vector f(vector v)
{
	g();
	return v;
}
