/* Memory: brk(2). It only grows; what was given back waits in a list, by address, for the
 * next who asks. */
#include "plan9.h"

enum { Page = 4096 };

struct block {
	uintptr_t size;
	struct block *next;
};

extern char end[]; /* image.ld: of the data */
static struct block *blocks;
static char *top = end;
static uint32_t busy;

NOSPLIT static void take(void)
{
	while (xchg(&busy, 1) != 0)
		osyield();
}

NOSPLIT static void *fromlist(uintptr_t n)
{
	struct block **p = &blocks, *b;

	while ((b = *p) != 0 && b->size < n)
		p = &b->next;
	if (!b)
		return 0;
	b->size -= n;
	if (b->size == 0)
		*p = b->next;
	return memset((char *)b + b->size, 0, n);
}

NOSPLIT static void *fromos(uintptr_t n)
{
	char *p = (char *)(((uintptr_t)top + Page - 1) & ~(uintptr_t)(Page - 1));

	if (n > ~(uintptr_t)p || plan9_brk(p + n) < 0)
		return 0;
	top = p + n;
	return p;
}

void *sysalloc(uintptr_t n)
{
	void *p;

	n = (n + Page - 1) & ~(uintptr_t)(Page - 1);
	take();
	p = fromlist(n);
	if (!p)
		p = fromos(n);
	atomicstore(&busy, 0);
	return p;
}

void sysfree(void *at, uintptr_t n)
{
	struct block **p = &blocks, *b = at, *before = 0;

	take();
	while (*p && *p < b) {
		before = *p;
		p = &before->next;
	}
	b->size = (n + Page - 1) & ~(uintptr_t)(Page - 1);
	b->next = *p;
	*p = b;
	if (b->next && (char *)b + b->size == (char *)b->next) {
		b->size += b->next->size;
		b->next = b->next->next;
	}
	if (before && (char *)before + before->size == (char *)b) {
		before->size += b->size;
		before->next = b->next;
	}
	atomicstore(&busy, 0);
}
