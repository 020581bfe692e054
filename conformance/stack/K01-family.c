/* Every member of the family, called at every offset of a segment in word steps,
 * gives what its unsplit build gives.
 *
 * The offset is set by the guard: sp stays where the ABI wants it, and the guard
 * moves up in words from far below to above sp, so that the distance takes every
 * value. What must hold in each member, split or not: sp is at most StackSmall
 * below the guard of the segment it is on. */
#include "family.h"
#include "test.h"

enum { Span = 4096, Below = 128 };

static struct stktop *where; /* the segment the last member ran on */
static uint32_t under, misaligned;
static uintptr_t deepsp, deepguard, deeplimit; /* of the first that ran too deep */

uint32_t here(uint32_t h)
{
	struct stktop *top = getg()->stackbase;
	uintptr_t sp = getcallersp();

	where = top;
	if (sp < top->guard - StackSmall && under++ == 0) {
		deepsp = sp;
		deepguard = top->guard;
		deeplimit = getg()->stackguard0;
	}
	if (sp & (StackAlign - 1))
		misaligned++;
	return h + 77;
}

int32_t make_int(uint32_t h)
{
	return (int32_t)h;
}

int64_t make_int64(uint32_t h)
{
	return (int64_t)h << 32 | mix(h, 1);
}

float make_float(uint32_t h)
{
	return (float)(int32_t)(h >> 8);
}

double make_double(uint32_t h)
{
	return (double)(int32_t)h;
}

/* Of 128 bits it is software's, which the kit has none of: its bits, then. */
long double make_ldouble(uint32_t h)
{
#if __LDBL_MANT_DIG__ == 113
	union {
		uint32_t w[4];
		long double value;
	} quad = { { h, mix(h, 3), mix(h, 4), h } };

	return quad.value;
#else
	return (long double)(int32_t)h;
#endif
}

struct small make_small(uint32_t h)
{
	return (struct small){ (int32_t)h, (int32_t)mix(h, 2) };
}

struct large make_large(uint32_t h)
{
	struct large l;

	for (uint32_t i = 0; i < nelem(l.w); i++)
		l.w[i] = h = mix(h, i);
	return l;
}

struct doubles make_doubles(uint32_t h)
{
	return (struct doubles){ { (double)(int32_t)h, 1.5, (double)(h & 255), -2.0 } };
}

wide make_wide(uint32_t h)
{
#ifdef __SIZEOF_INT128__
	return (wide)make_int64(h) << 64 | (uint64_t)make_int64(h + 1);
#else
	return (wide){ h, mix(h, 1), mix(h, 2), mix(h, 3) };
#endif
}

static char expected[ResultSize], found[ResultSize];

static bool same(void)
{
	for (uint32_t i = 0; i < ResultSize; i++)
		if (expected[i] != found[i])
			return false;
	return true;
}

/* Nosplit, so that only the member itself can split. */
NOSPLIT static uintptr_t callat(const struct member *f, struct stktop *top, uintptr_t guard, uintptr_t real)
{
	struct g *gp = getg();

	top->guard = gp->stackguard0 = guard;
	f->call(found);
	top->guard = gp->stackguard0 = real;
	return (uintptr_t)where;
}

static void sweep(const struct member *f, const struct member *ref)
{
	struct stktop *top = getg()->stackbase;
	uintptr_t real = top->guard, sp = (uintptr_t)__builtin_frame_address(0);
	uint32_t splits = 0, whole = 0, wrong = 0, disorder = 0, before = under;
	bool split = false;

	memset(expected, 0, sizeof expected);
	ref->call(expected);
	EQ((uintptr_t)where, (uintptr_t)top, "the unsplit build stays on its segment");
	for (uintptr_t guard = sp - Span; guard < sp + Below; guard += PtrSize) {
		memset(found, 0, sizeof found);
		bool now = callat(f, top, guard, real) != (uintptr_t)top;
		if (now)
			splits++;
		else
			whole++;
		disorder += split && !now; /* a higher guard, and there was room again */
		split = now;
		wrong += !same();
	}
	EQ(wrong, 0, f->name);
	if (under != before && before == 0)
		EQ(under, before, f->name);
	EQ(disorder, 0, "splits from one guard on");
	CHECK(splits > 0, "was split at the highest guard");
	CHECK(whole > 0 || f->frame >= Span - 1024, "had room at the lowest guard");
}

static void body(void *done)
{
	for (uint32_t i = 0; i < nfamily; i++)
		sweep(&family[i], &family_ref[i]);
	semrelease(done);
}

TEST("K01")
{
	static uint32_t done;

	newprocsize(body, &done, 256 << 10);
	semacquire(&done); /* nothing else to run, so that sysmon poisons no guard */
	EQ(under, 0, "members that ran too deep for their segment");
	if (under > 0) {
		EQ(deepsp, deepguard, "the first: its sp, and the guard of its segment");
		EQ(deeplimit, deepguard, "the first: g->stackguard0, and the guard of its segment");
	}
	EQ(misaligned, 0, "members with a misaligned stack");
}
