/* The generated family of functions (family.awk): every frame size, number of
 * argument words and return class, once with split checks and once without.
 * Compiled twice: SPLIT=1 makes split_N, SPLIT=0 ref_N. */
#ifndef FAMILY_H
#define FAMILY_H

#include "rt.h"

struct small {
	int32_t a, b;
};
struct large {
	uint32_t w[10];
};
struct doubles { /* four FP registers on arm */
	double d[4];
};
#ifdef __SIZEOF_INT128__
typedef unsigned __int128 wide;
#else
typedef uint32_t wide __attribute__((vector_size(16)));
#endif

enum { ResultSize = 64 };

/* call(out) calls the function with fixed arguments, and stores its result. It is
 * nosplit: the function is called where the caller stands. */
struct member {
	void (*call)(char *out);
	const char *name;
	uint32_t frame, words;
};

extern const struct member family[], family_ref[];
extern const uint32_t nfamily;

/* Each member calls it: looks where the member runs. Nosplit. */
NOSPLIT uint32_t here(uint32_t h);

static inline NOSPLIT uint32_t mix(uint32_t h, uintptr_t v)
{
	return h * 31 + (uint32_t)v; /* no two words in each other's place; cheap to compile */
}

/* Results made of h, in K01-family.c. Nosplit. */
NOSPLIT int32_t make_int(uint32_t h);
NOSPLIT int64_t make_int64(uint32_t h);
NOSPLIT float make_float(uint32_t h);
NOSPLIT double make_double(uint32_t h);
NOSPLIT long double make_ldouble(uint32_t h);
NOSPLIT struct small make_small(uint32_t h);
NOSPLIT struct large make_large(uint32_t h);
NOSPLIT struct doubles make_doubles(uint32_t h);
NOSPLIT wide make_wide(uint32_t h);

/* What is stored of a result: all its bytes, but of a long double with padding the value. */
#define STORE(out, r) memcpy(out, &(r), sizeof(r))
#if __LDBL_MANT_DIG__ == 113
#define STORE_LDOUBLE(out, r) STORE(out, r)
#else
#define STORE_LDOUBLE(out, r)                                                                      \
	do {                                                                                       \
		double d_ = (double)(r);                                                           \
		memcpy(out, &d_, sizeof d_);                                                       \
	} while (0)
#endif

#endif
