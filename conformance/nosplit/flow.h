/*
 * flow.h - the abstract interpreter's own types: values, states, and one function's code.
 */
#ifndef FLOW_H
#define FLOW_H

#include "nosplit.h"

#include <string.h>

/* ---- value.c ---- */

/*
 * What is known of a register or a stack slot. A symbol is an unknown number that has a name,
 * so that copies of it stay known as equal: symbols 1 .. AllRegs are the registers at entry,
 * the others are named after the instruction that made them.
 */
enum vkind {
	V_TOP,	 /* nothing */
	V_CONST, /* lo */
	V_SP,	 /* base sp + [lo, hi], in steps of stride if lo < hi; addend says which of them */
	V_OTHER, /* an address on another stack */
	V_SYM,	 /* symbol id + lo; size: the low so many bytes of it, zero-extended (0: all); sign: read from the frame */
	V_RANGE, /* base + i * stride, lo <= i <= hi; addend says which i (0: nobody knows); size: that holds of
		  * so many low bytes alone (0: of all) */
	V_TABLE, /* addend + (entry i of the table at base, stride bytes apart) << vshift */
};

struct value {
	union {
		struct {
			uint8_t kind;
			uint8_t origin; /* V_SP: which base sp: 0 the one at entry, else bases[origin] of the function */
			uint8_t size;
			uint8_t vshift : 7, sign : 1;
			union {
				uint32_t id;	/* V_SYM */
				int32_t stride; /* the others */
			};
		};
		uint64_t head; /* all of these, to be compared */
	};
	int64_t lo, hi;
	int64_t base, addend;
};
_Static_assert(sizeof(struct value) == 40, "no padding: v_same compares head");

#define NEG_INF INT64_MIN /* V_SP lo: the frame has no bound */
enum { NoBound = 1 << 12 }; /* V_RANGE hi: no bound is known; tables are read up to here */
enum { RetAddr = AllRegs + 1, FirstSym = 64 }; /* symbols: registers are 1 + their number */

static inline struct value v_top(void) { return (struct value){ .kind = V_TOP }; }
static inline struct value v_const(int64_t c) { return (struct value){ .kind = V_CONST, .lo = c }; }
static inline struct value v_sp(int64_t off) { return (struct value){ .kind = V_SP, .lo = off, .hi = off }; }
static inline struct value v_other(void) { return (struct value){ .kind = V_OTHER }; }
static inline struct value v_sym(uint32_t id) { return (struct value){ .kind = V_SYM, .id = id }; }
static inline struct value v_entry(unsigned reg) { return v_sym(reg + 1); }
static inline bool v_exact(const struct value *v) { return v->kind == V_SP && v->lo == v->hi; }
static inline bool v_same(const struct value *a, const struct value *b)
{
	return a->head == b->head && a->lo == b->lo && a->hi == b->hi && a->base == b->base && a->addend == b->addend;
}
/* Of whatever the code holds: the least number is its own. */
static inline int64_t negated(int64_t n) { return (int64_t)(0 - (uint64_t)n); }
/* The first operand becomes the result, of ptrsize bytes: constants wrap there. */
void v_add(struct value *a, const struct value *b, int ptrsize);
void v_addc(struct value *a, int64_t c, int ptrsize);
void v_sub(struct value *a, const struct value *b, int ptrsize); /* V_TOP for an unknown number off a V_SP */
void v_scale(struct value *a, unsigned shift, int ptrsize);
void v_shr(struct value *a, unsigned shift);
int64_t v_nth(const struct value *range, int64_t i); /* its number i, modulo 2^64 */
int64_t v_index(const struct value *sym); /* the name of a symbol as the i of a range */
void v_and(struct value *a, int64_t mask); /* of a V_SP: see base_aligned */
void v_sext(struct value *a, int size, int ptrsize);
void v_low(struct value *a, int size, int ptrsize); /* zero-extended from size bytes */
int64_t v_signed(const struct value *constant, int ptrsize);

/* ---- state.c ---- */

struct base { /* an sp that is not the entry's plus a constant: realigned, or of dynamic size */
	uint32_t at; /* instruction that makes it */
	int64_t lo, hi; /* where it is, relative to the entry's */
	bool dynamic;
	uint8_t grown; /* how often its bounds were found to be too narrow */
};
enum { MaxBases = 16, MaxSlots = 64 };

struct slot { /* a word of this function's stack */
	int64_t off;
	uint8_t origin;
	bool half; /* no more than half of it is known */
	bool kept; /* although something was written where nobody knows: see flow.exposed */
	struct value v;
};

/* Before the stack check; it failed; and the body has run elsewhere, on a larger stack; it passed. */
enum phase { PHASE_PRE, PHASE_SLOW, PHASE_MORE, PHASE_BODY };

struct state {
	struct value reg[AllRegs];
	unsigned nslots;
	struct slot slot[MaxSlots];
	bool compared; /* the flags are those of cmpa - cmpb */
	uint8_t cmpsize; /* of their low so many bytes; 0: of all */
	struct value cmpa, cmpb;
	uint8_t phase, region;
	int8_t exempt;
};

struct flow;
void state_entry(struct flow *, struct state *);
void state_op(struct flow *, struct state *, const struct op *, uint32_t at); /* at: instruction, names new symbols */
void state_call(struct flow *, struct state *, const struct func *callee, uint32_t at, addr next);

/* ---- slot.c ---- */

/* The code makes a pointer to v, a V_SP: what lies there and above it may be written through it. */
void slot_expose(struct flow *, const struct value *v);

/* Size bytes at a, a V_SP, become v (nil: something unknown). */
void slot_set(struct flow *, struct state *, const struct value *a, int size, const struct value *v);
const struct value *slot_get(struct flow *, const struct state *, const struct value *a, bool half); /* the word there, or nil */
void slot_half(struct flow *, struct state *, const struct value *a, const struct value *v); /* half of a word there is v */
void slot_forget(struct flow *, struct state *); /* something is written where nobody knows, or a callee may have written */

/* ---- base.c ---- */

/* Depth below the entry sp: the deepest and the shallowest that v, a V_SP, can be. */
void base_depth(const struct flow *, const struct value *v, int64_t *hi, int64_t *lo);
/* What v, a V_SP, is after instruction at: with mask, or less b (nil: an unknown number). */
struct value base_aligned(struct flow *, struct state *, const struct value *v, int64_t mask, uint32_t at);
struct value base_less(struct flow *, struct state *, const struct value *v, const struct value *b, uint32_t at);

/* ---- refine.c ---- */

void state_refine(struct flow *, struct state *, int cond); /* the condition holds */
bool state_refines(const struct state *, int cond); /* false: that would change nothing */

/* ---- join.c ---- */

/* In-states of blocks: packed, joined, widened. */
struct packed;
struct packed *packed_new(struct flow *, const struct state *); /* goes with the flow's pool */
/* Where ways meet, numbers that nobody knows get new names at once, and in the head of a loop
 * what the loop changes as well: not round by round. */
void packed_meet(const struct flow *, struct packed *, uint32_t at, uint64_t changes);
bool packed_join(const struct flow *, struct packed *, const struct state *, uint32_t at, bool widen);
void packed_load(const struct flow *, const struct packed *, struct state *);
void state_copy(const struct flow *, struct state *to, const struct state *from);
void state_join(const struct flow *, struct state *, const struct state *, uint32_t at);

/* ---- pool.c: memory that is given back all at once ---- */

struct pool {
	struct chunk { /* one of several, the one in use first */
		struct chunk *next;
		size_t used, size;
		max_align_t bytes[];
	} *first;
};
void *pool_alloc(struct pool *, size_t n); /* not zeroed */
void pool_clear(struct pool *); /* keeps one chunk for the next time */
void pool_free(struct pool *);

/* ---- code.c: the instructions of one function, decoded once ---- */

struct code { /* one instruction */
	addr pc;
	uint8_t len, flow, cond, flowreg, nops; /* as in struct insn, in its order: copied at once */
	bool isret, writesflags;
	uint8_t targetmode;
	addr target;
	uint32_t ops;  /* its first in flow.ops */
	uint32_t next; /* the instruction after it; NoInsn: outside of the function */
	uint8_t mode;
	bool leader, bad, queued, written /* sp is written, or memory */, called /* has a site */;
	uint8_t joins;
	uint8_t runs; /* how often it was walked: 2 for more */
	uint64_t changes; /* bit r: register r is written */
	addr loopend; /* leaders: the last jump back to here; 0: none */
	uint8_t ways; /* instructions that control comes from directly: 2 for more */
	struct packed *in; /* leaders: the state in which they are reached */
};

enum { NoInsn = UINT32_MAX };

struct flow {
	struct image *image;
	const struct arch *arch;
	struct func *f;
	struct code *code;
	size_t ncode, capcode;
	struct op *ops;
	size_t nops, capops;
	uint32_t *at;   /* instruction at an offset into the function, plus 1; 0: none */
	size_t nat, capat;
	uint32_t *hash; /* pc to instruction for those outside of it: open addressing */
	size_t nhash, inhash;
	uint32_t *work; /* leaders to walk: a heap, lowest address first */
	size_t nwork, capwork;
	struct todo { addr pc; int mode; uint32_t from /* a jump, or NoInsn */; } *todo; /* of code_at */
	size_t captodo;
	struct pool pool; /* of the packed states */
	const uint8_t *bytes; /* of the image, at [bytelo, bytehi): where code was decoded last */
	addr bytelo, bytehi;
	addr modelo, modehi; /* no data here */
	struct base bases[MaxBases];
	unsigned nbases;
	addr *literals; /* what instructions of it load from among the code */
	size_t nliterals, capliterals;
	bool begun; /* there are states already */
	bool restart; /* something was found that makes what was found before wrong */
	int64_t exposed; /* the lowest place of the frame, from the entry's sp, that the code has a pointer to */
	int64_t arrays, offsets; /* the lowest of them that an index was added to; the least number that was to anything */
	int64_t relied; /* what is below here was taken to be as it was before something was written where nobody knows */
	struct info *info;
	struct site *sites; /* those of info until all are known, as its cfi */
	struct disagreement *odds;
	size_t capsites, capodds;
	struct cfirow *cfi; /* of [cfilo, cfihi) */
	size_t ncfi;
	addr cfilo, cfihi;
	const struct cfirow *row; /* that was looked up last, of [rowlo, rowhi); or nil */
	addr rowlo, rowhi;
	struct choices *choices; /* of a resolver */
	int64_t opdepth; /* deepest byte that the current instruction reaches */
	bool opexact;
	/* Where sp was when memory was accessed of which only is known that it is of the frame: by a pointer
	 * that walks down, and by an index that may be negative; or INT64_MIN. */
	int64_t walked, indexed;
	addr walkedpc, indexedpc, oppc;
	uint64_t indexes; /* the registers of these indexes */
	bool exactly[2]; /* the deepest byte, and that before the check, are not bounds */
};

/* The instruction at pc, decoding from there on what is not decoded; NoInsn if pc is not
 * this function's code. It becomes a leader. */
uint32_t code_at(struct flow *, addr pc, int mode);
uint32_t code_find(const struct flow *fl, addr pc); /* that is decoded already, or NoInsn */
/* Has it an instruction that may leave it? Else it never returns: so the functions of a circle
 * do not return only because each other one is thought to. */
bool code_may_return(const struct flow *);
bool code_inside(const struct flow *, addr pc); /* a part of this function, not a tail call */
bool code_literal(const struct flow *, addr pc); /* a word there is loaded, so it is no code */
void flow_queue(struct flow *, uint32_t leader); /* it is to be walked: flow.c */
void code_start(struct flow *); /* of fl->f, with none of its instructions; its arrays are used again */
void code_free(struct flow *);

/* ---- choice.c: of the resolver of an IFUNC ---- */

void choices_open(struct flow *);
void choices_clear(struct flow *);
void choices_close(struct flow *);
/* The symbol id stands for v (nil: for something unknown), or for another one that was added. */
void choice_add(const struct flow *, uint32_t id, const struct value *v);
void choice_result(const struct flow *, const struct value *v); /* so does the result */
void choices_resolve(struct flow *); /* sets chosen of its info */

/* ---- marks.c ---- */

/* Does the code name an address of read-only data in (a, b]? */
bool marks_between(struct image *, addr a, addr b);
void marks_free(struct image *);

/* ---- table.c ---- */

/* Where an indirect jump or call through v may go: up to max addresses (with their mode bit
 * on arm); 0 if unknown. Entries of a jump table end at the first that leaves the function. */
unsigned table_targets(const struct flow *, const struct value *v, bool jump, addr *to, unsigned max);
/* v, entries of a table of small numbers, as the range of these numbers; false if it cannot be. */
bool table_index(const struct flow *fl, struct value *v);

#endif
