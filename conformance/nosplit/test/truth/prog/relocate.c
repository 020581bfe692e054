/* A position-independent program relocates itself: nobody else does. RELOCATE: it is one. */
#include "prog.h"

void relocate(void);
#ifdef RELOCATE
/* Entries of the dynamic section and relocations, as the ELF specification has them; all
 * of the relocations are relative ones. */
struct dyn { uintptr_t tag, value; };
#ifdef __LP64__
enum { TAG = 7 /* DT_RELA */, SIZE = 8 };
struct rel { uintptr_t where, info, addend; };
#else
enum { TAG = 17 /* DT_REL */, SIZE = 18 };
struct rel { uintptr_t where, info; };
#endif
extern const struct dyn _DYNAMIC[] __attribute__((visibility("hidden")));
extern char __ehdr_start[] __attribute__((visibility("hidden")));

void relocate(void)
{
	const struct dyn *d;
	char *base = __ehdr_start;
	const struct rel *r = 0;
	size_t n = 0;

	for (d = _DYNAMIC; d->tag != 0; d++)
		if (d->tag == TAG)
			r = (const struct rel *)(base + d->value);
		else if (d->tag == SIZE)
			n = d->value / sizeof *r;
	for (; n-- > 0; r++)
#ifdef __LP64__
		*(uintptr_t *)(base + r->where) = (uintptr_t)base + r->addend;
#else
		*(uintptr_t *)(base + r->where) += (uintptr_t)base;
#endif
}
#else
void relocate(void)
{
}
#endif
