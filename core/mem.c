/* Memory that moves and is filled without a libc: the compiler calls these by name.
 * Nosplit leaves. The build keeps the compiler from turning the loops into calls of
 * themselves (-fno-tree-loop-distribute-patterns).
 */
#include "rt.h"

typedef uintptr_t __attribute__((may_alias)) word;

enum { W = sizeof(word) };

void *memmove(void *to, const void *from, size_t n)
{
	unsigned char *d = to;
	const unsigned char *s = from;

	if ((uintptr_t)d - (uintptr_t)s < n) { /* from < to < from + n: backward */
		while (n-- > 0)
			d[n] = s[n];
		return to;
	}
	if ((((uintptr_t)d | (uintptr_t)s) & (W - 1)) == 0)
		for (; n >= W; n -= W, d += W, s += W)
			*(word *)d = *(const word *)s;
	while (n-- > 0)
		*d++ = *s++;
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	return memmove(to, from, n);
}

void *memset(void *p, int c, size_t n)
{
	unsigned char *d = p;

	if (((uintptr_t)d & (W - 1)) == 0)
		for (word v = (unsigned char)c * (~(word)0 / 255); n >= W; n -= W, d += W)
			*(word *)d = v;
	while (n-- > 0)
		*d++ = (unsigned char)c;
	return p;
}

/* Nosplit: start-up reads the environment. */
const char *strafter(const char *s, const char *name, char end)
{
	while (*name && *s == *name)
		s++, name++;
	return *name == 0 && *s == end ? s + 1 : 0;
}
