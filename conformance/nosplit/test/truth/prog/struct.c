/* Structures by value: copied to the stack, returned through a pointer or in registers. */
#include "prog.h"

struct small { int a, b; };
struct pair { long a, b; };
struct large { long v[20]; };
struct mixed { double d; int i; char c[3]; };

KEEP static struct small struct_small(int a) { return (struct small){a, a + 1}; }
KEEP static struct pair struct_pair(long a) { return (struct pair){a, one}; }
KEEP static struct large struct_large(long a)
{
	struct large s;

	for (int i = 0; i < 20; i++)
		s.v[i] = a + i;
	return s;
}
KEEP static long struct_taken(struct large s, struct pair p, struct small q) { return s.v[0] + s.v[19] + p.b + q.a; }
KEEP static struct mixed struct_mixed(struct mixed m)
{
	m.d *= fhalf;
	m.c[2] = (char)m.i;
	return m;
}
KEEP static long struct_passed(long a)
{
	struct large s = struct_large(a), t = s;

	USE(&t);
	return struct_taken(s, struct_pair(a), struct_small((int)a)) + struct_taken(t, struct_pair(1), struct_small(2)) + one;
}
KEEP static void struct_copied(struct large *to, const struct large *from)
{
	struct large s = *from;

	USE(&s);
	*to = s;
}
KEEP static void struct_zeroed(void)
{
	char buf[96] = {0};
	struct large s = {{0}};

	USE(buf);
	USE(&s);
}

void run_struct(void)
{
	struct large s = {{1}}, t;
	struct mixed m = {1, 2, "ab"};

	struct_copied(&t, &s);
	USE(&t);
	m = struct_mixed(m);
	struct_zeroed();
	sink += struct_passed(two) + t.v[0] + m.i;
}
