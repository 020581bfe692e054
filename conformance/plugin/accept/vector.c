/* A vector on the stack, or as a result, or in an aggregate, is served. */
/* arch: 386 */
/* has 386 result: jbe .Lsplit */
/* has 386 inside: jbe .Lsplit */
typedef float vector __attribute__((vector_size(16)));
struct aggregate {
	vector v;
};
vector x;
void g(void);
vector result(void)
{
	g();
	return x;
}
void inside(struct aggregate a)
{
	g();
	x = a.v;
}
