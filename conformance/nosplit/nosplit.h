/*
 * nosplit.h - what the files of the analyzer share.
 *
 * nosplit proves stack rules on linked ELF: it decodes the code of every function, follows
 * sp through it by abstract interpretation, and adds the depths up over the call graph.
 *
 *	image.c symbols.c cfi.c lines.c notes.c		what an ELF file holds (elfutils)
 *	insn.h x86.c arm.c				machine code to ops, one file an architecture
 *	value.c state.c access.c flow.c table.c		one function: sp at every instruction
 *	graph.c roots.c budget.c rules.c region.c	the program: depths, chains, findings
 *	user.h, and the files named there		what the user says and sees
 *
 * The engine knows no kit and no language: what it cannot read from the code, the program
 * says in its section .nosplit (see NOTE_... below), or the user in an --assume file.
 * Addresses are those of the image, without a Thumb bit. Depths are bytes below the sp
 * that a function was entered with; they grow downward, so a deeper place is a larger number.
 */
#ifndef NOSPLIT_H
#define NOSPLIT_H

#include "insn.h"

#include <stdio.h>

#define nelem(a) (sizeof(a) / sizeof((a)[0]))
#define NORETURN __attribute__((noreturn))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

/* ---- util.c: memory and the end ---- */

NORETURN void fatal(const char *fmt, ...) PRINTF(1, 2); /* "nosplit: ..." on stderr, exit 2 */
void *mem_alloc(size_t n);			/* zeroed; fatal if there is none */
void *mem_more(void *p, size_t n, size_t *cap, size_t size);
/* Room for one more than n of size bytes. */
static inline void *mem_grow(void *p, size_t n, size_t *cap, size_t size)
{
	return n < *cap ? p : mem_more(p, n, cap, size);
}
char *mem_fmt(const char *fmt, ...) PRINTF(1, 2);
char *mem_dup(const char *s);

struct image;

/* ---- the image ---- */

/* What the program says of itself: records of 4 words (the image's word size) in the
 * section .nosplit, which is not loaded: kind, where, what, value. Emitted by the compiler
 * plugin and the assembly macros of a kit; any program may. */
enum note {
	NOTE_VERSION = 1,  /* value 1 */
	NOTE_LIMIT = 2,	   /* value: bytes that a chain may use, for every root */
	NOTE_SMALL = 3,	   /* value: a passing check leaves room for a frame of so many bytes beyond the limit */
	NOTE_FUNC = 4,	   /* where: function; value: FUNC_SPLIT ... */
	NOTE_ROOT = 5,	   /* where: function; value: its own limit, or 0 */
	NOTE_SWITCH = 6,   /* where: instruction; from it on sp is on another stack, which has limits of its own;
			    * value: SWITCH_... */
	NOTE_CALLS = 7,	   /* where: indirect call or jump; what: function it may go to, or 0: any function
			    * that may split (counts as such a call). Several add up. */
	NOTE_ENTER = 8,	   /* where: function; when it returns, syscall status is on */
	NOTE_LEAVE = 9,	   /* where: function; when it returns, syscall status is off */
	NOTE_EXEMPT = 10,  /* where: instruction; value: +1 a split is allowed from here on in syscall status, -1 no more */
	NOTE_BODY = 11,	   /* where: function; what: another whose frame is this one's: a part of it (cold path) */
};

enum { /* what a function that switches does to its caller, if the code does not show it */
	SWITCH_RETURNS = 1, /* somebody else resumes the caller, as if the function had returned */
	SWITCH_GONE = 2,    /* nobody comes back */
};

enum funckind {
	FUNC_UNKNOWN,
	FUNC_SPLIT,   /* checks the stack on entry */
	FUNC_LEAF,    /* small leaf without a check: counts as nosplit */
	FUNC_NOSPLIT, /* marked so */
	FUNC_ASM,     /* assembly, counts as nosplit */
};

enum { FN_ROOT = 1, FN_ENTER = 2, FN_LEAVE = 4, FN_TAKEN = 8 /* its address is in data or code */, FN_ENTRY = 16 /* e_entry, exported, init arrays */,
       FN_IFUNC = 32, FN_PLT = 64, FN_EXTERNAL = 128 /* not in this image: name only */,
       FN_STOPS = 512 /* external, and never comes back */, FN_GOES = 2048 /* or it does */,
       FN_PART = 1024 /* CFI says that it begins inside of a frame: of whoever jumps there */,
       FN_INNER = 256 /* an entry inside a function with a symbol, found by a call: the one exception to no overlap */ };

enum origin { FROM_SYMBOL, FROM_NOTYPE, FROM_CFI, FROM_EXIDX, FROM_ENTRY, FROM_PLT, FROM_CALL };

struct func {
	addr start, end;
	const char *name; /* the best symbol's, or sub_ADDRESS */
	const char **alias; /* its other symbols */
	unsigned naliases;
	uint8_t mode, kind, origin;
	uint16_t flags;	  /* FN_... */
	int64_t limit;	  /* own limit as a root, 0: the general one */
	struct func *whole; /* the function that this is a cold part of, or nil */
	unsigned index;	  /* in image.funcs; changes when one is added: see image_seal */
	bool reached; /* from the roots of flow_from */
	bool swept; /* marks.c knows what it names */
	struct info *info; /* what flow.c found, or nil */
	struct assumed *assumed; /* what an --assume file says of it, or nil */
};

struct notespot { /* a note about an instruction, sorted by where */
	addr where, what;
	int64_t value;
	uint8_t kind; /* NOTE_SWITCH, NOTE_CALLS, NOTE_EXEMPT */
	struct func *callee; /* that an --assume file names, in another image perhaps; or nil */
	bool used;
	bool assumed; /* from an --assume file */
	unsigned line; /* there */
};

struct cfirow { /* from pc to the next row: CFA = reg + off; reg -1: not of that form, or none */
	addr pc;
	int reg; /* arch's */
	int64_t off;
	bool atcalls; /* elsewhere it may be wrong */
};

struct image {
	const char *path;
	const struct arch *arch;
	struct decoder *decoder;
	bool bigendian, pie, stripped;
	addr entry;
	addr got; /* what a register holds in position-independent code of 386, or 0 */
	struct func **funcs; /* sorted by start, not overlapping but FN_INNER; FN_EXTERNAL come first, start 0 and no bytes */
	size_t nfuncs, capfuncs;
	struct notespot *spots;
	size_t nspots;
	bool hasnotes;
	bool switches; /* they say of an instruction that it goes to another stack */
	int64_t limit, small; /* of the notes, or -1 */
	uint64_t textbytes;
	struct elffile *elf; /* image.c's own */
	struct assume *assume; /* assume.c's own */
	struct keys *keys; /* keys.c's own */
	struct marks *marks; /* marks.c's own, while functions are analyzed */
};

/* Reads bytes (which must outlive the image), or the file path if bytes is nil. On failure
 * nil, and one line in err, without the path: where, what, what to do. Never exits, never reads outside: hostile files included. */
struct image *image_open(const char *path, const void *bytes, size_t n, char err[256]);
void image_close(struct image *);
struct decoder *image_decoder(const struct image *); /* one more, for arch.close: what it has seen the others do not know */
/* File-backed memory of the image at a: *n bytes follow; nil if it has none. */
const uint8_t *image_bytes(const struct image *, addr a, size_t *n);
bool image_executable(const struct image *, addr a);
addr image_code_end(const struct image *, addr a); /* of the section of code that a is in, or 0 */
bool image_readonly(const struct image *, addr a); /* never written by a correct program (RELRO counts) */
void image_span(const struct image *, addr *lo, addr *hi); /* of all that is loaded; 0, 0: nothing */
/* One word of size bytes in the image's byte order, with a relocation there applied as far
 * as it is known (RELATIVE, JUMP_SLOT and GLOB_DAT to a symbol of the image). */
bool image_word(const struct image *, addr a, int size, bool sign, uint64_t *v);
struct func *image_func(const struct image *, addr a); /* whose range holds a, or nil */
struct func *image_at(const struct image *, addr a);   /* that starts at a, or nil */
struct func *image_named(const struct image *, const char *name); /* by name or alias; nil: none, or several local ones */
/* A function that was found by a call of it: cuts the one around it if that has no symbol. */
struct func *image_add(struct image *, addr a, int mode, enum origin); /* nil: no code there */
void image_seal(struct image *); /* numbers the functions, and lets image_named see them: func.index counts until one is added */
/* Whom a PLT stub or a veneer at f ends up in; f itself if it is none; an FN_EXTERNAL
 * function if another image defines it. IFUNC: the last stub, which jumps to a function that is
 * chosen when the program is loaded. */
struct func *image_through(struct image *, struct func *f);
/* The function, flagged FN_IFUNC, that chooses where the stub at f jumps; nil: it is no such stub. */
struct func *image_resolver(struct image *, struct func *f);
/* Whom the loader puts into the word at slot (a GOT entry): as image_through, but the resolver
 * of an IFUNC; nil: no relocation says. */
struct func *image_slot(struct image *, addr slot);
int image_mode(const struct image *, addr a); /* of the code at a, by mapping symbols and functions; -1: data ($d) */
bool image_data(const struct image *, addr a, addr *end); /* is its mode -1? so are all up to *end, or none */
const char *image_line(const struct image *, addr a, int *line); /* source file, or nil */
/* Rows of the function [lo, hi), *n of them, sorted; nil: no CFI. Free with free(). */
struct cfirow *image_cfi(const struct image *, addr lo, addr hi, size_t *n);

/* ---- one function ---- */

#define UNBOUNDED INT64_MAX	   /* a depth with no bound: alloca, recursion */
#define UNKNOWN (INT64_MAX - 1)	   /* a depth that the analysis lost: never counted as 0 */
#define known(d) ((d) < UNKNOWN)

enum quality { Q_EXACT, Q_BOUND, Q_UNKNOWN }; /* the value itself; an upper bound; neither */

enum sitekind { SITE_CALL, SITE_TAIL, SITE_ICALL, SITE_IJUMP /* unresolved jump */ };
enum { REGION_SAME = 1, REGION_IN = 2, REGION_OUT = 4, REGION_EXEMPT = 8 }; /* sets of syscall status relative to entry */

struct site { /* a place where control goes to another function */
	addr pc;
	uint8_t kind, region;
	bool slow;    /* before the stack check has passed: on the path that grows the stack */
	bool other;   /* on another stack: counts nothing here */
	bool dynamic; /* in a frame of dynamic size */
	bool maysplit; /* NOTE_CALLS with what 0: counts as a call of a function that splits */
	int64_t lo, hi; /* depth of sp before the call pushes; UNKNOWN, UNBOUNDED */
	uint32_t effect; /* what the analysis assumed that the callee does: flow.c */
	struct func *callee; /* nil: unresolved (or maysplit) */
};

struct disagreement { /* CFI says that CFA is off bytes above sp, the code says found */
	addr pc;
	int64_t expected, found;
};

struct info {
	struct site *sites;
	unsigned nsites;
	int64_t deepest;      /* the function's own deepest byte, slow path aside */
	addr deepestpc;
	int64_t slowdeepest;  /* before the check has passed; all of it for one without a check */
	addr slowdeepestpc;
	int64_t frame;	      /* largest depth at a call plus callsize, or deepest: what a check must leave room for */
	enum quality quality; /* of deepest and of the depths at sites */
	const char *why;      /* reason, if Q_UNKNOWN or UNBOUNDED */
	addr whypc;
	bool returns;	      /* some path returns */
	bool drops;	      /* it leaves its return address behind, and goes on as a jump of its caller would: a retpoline */
	bool always;	      /* every path does, and it is certain */
	bool switches;	      /* it goes to another stack, or jumps to one that does: the way to morestack */
	uint8_t runs;	      /* how often it was analyzed */
	bool hascheck;
	int64_t checked;      /* bytes below the entry sp that the check compares with the guard */
	addr checkpc;
	int64_t pops;	      /* argument bytes that a return pops; UNKNOWN: differs */
	uint8_t exitregion;   /* REGION_... at return */
	uint8_t thunkreg;     /* at return this register holds the return address (pc thunks of 386); NoReg: none */
	unsigned insns, undecoded; /* instructions; bytes that are none, reached by control flow */
	unsigned callsites, unknownsites, dynamicsites; /* calls; depth unknown; in frames of dynamic size */
	struct disagreement *cfi;
	unsigned ncfi, cfichecked;
	addr *chosen; /* by the resolver of an IFUNC: the functions (with their mode bit) that it can return */
	unsigned nchosen; /* 0: not known */
	struct total {
		int64_t used;	 /* its own and its callees'; UNKNOWN, UNBOUNDED */
		int64_t atleast; /* the largest that is known */
		int site;	 /* that makes it; -1: its own deepest byte */
		uint8_t quality;
		bool recursive;
	} total[2]; /* graph.c: the whole function; what is before its check (the same without one) */
};

/* Analyzes f and, as far as the result depends on them, what it calls; again if a callee's
 * effect (returns, pops) turns out otherwise. */
void flow_all(struct image *);			  /* every function */
void flow_from(struct image *, struct func **roots, size_t n); /* what is reachable from them only */

/* ---- what the user says: assume.c, names.c ---- */

struct assumed {
	int64_t frame;	/* bytes below its entry sp, all that it calls included; -1: not said */
	bool noreturn;
	unsigned frameline, noreturnline, kindline; /* in the file; 0: not said */
	bool frameused, noreturnused;
	unsigned nsites; /* of the code, behind info.sites, where a frame took its place */
	int64_t deepest;
};

/* The function that a user means: a name, name@FILE, 0xADDRESS. nil: one line in err, with
 * the names that are like it. */
struct func *func_named(struct image *, const char *name, char err[256]);
/* Before the analysis. Adds spots (assumed, line) to image.spots, keeps them sorted; sets kind, FN_ROOT
 * and limit of functions, and func.assumed. fatal, with FILE:LINE, on a line that is malformed,
 * names nothing, or says what the image's notes contradict or already say. */
void assume_read(struct image *, const char *path);
/* flow.c calls it when it is done with f and before f->info is used: puts a frame that was
 * assumed in the place of one that is unknown or unbounded (sites dropped, Q_BOUND), and
 * noreturn into returns. fatal if the frame that was found is known and another one. A frame of
 * a function without code here (FN_EXTERNAL, FN_PLT) gets an info of its own. */
void assume_apply(struct func *f);
/* After the analysis: fatal on a spot with assumed and not used, and a frame that nobody needed. */
void assume_check(const struct image *);
void assume_free(struct image *); /* before image_close */
/* For whoever finds an assumed spot to be wrong: "FILE:LINE: contradicted: ..." */
NORETURN void assume_contradicted(const struct image *, unsigned line, const char *fmt, ...) PRINTF(3, 4);

/* ---- the program ---- */

struct step { /* one function of a chain */
	struct func *f;
	addr pc;	/* of the call or jump to the next one; of the deepest access in the last */
	int64_t uses;	/* bytes of its own at that point */
	int64_t call;	/* bytes that the call into it pushed; 0 for a tail call and the root's caller on arm */
	int64_t left;	/* limit minus all bytes so far, after uses */
	bool split;	/* counted up to its check only */
	bool biggest;
};

struct chain {
	struct step *steps;
	unsigned nsteps;
	int64_t limit, used; /* used: UNKNOWN, UNBOUNDED */
	int64_t atleast;       /* what is known of used, if it is UNKNOWN */
	enum quality quality;
	unsigned cfichecked, cfibad; /* CFI rows compared along the chain */
};

struct root {
	struct func *f;
	struct chain worst;
};

enum rule { NS001 = 1, NS002, NS003, NS004, NS005, NS006, NS007, NS008, DV001, DV002, NRULES };
extern const struct ruleinfo {
	const char *id, *title, *help; /* NS001, "over budget", a sentence: what and what to do */
} rules[NRULES];

struct finding {
	enum rule rule;
	struct func *f;	   /* that is to blame: the root, or the function with the defect */
	addr pc;	   /* of the defect */
	char *message;	   /* after "error: ", without place and rule */
	struct chain chain; /* nsteps 0: none */
	struct func *shrink; /* NS001: the biggest frame: shrinking it by shrinkby fixes fixes chains */
	int64_t shrinkby;
	unsigned fixes;
	char *hint;	   /* next step, or nil */
	bool baselined;	   /* known to the --baseline: not counted */
};

struct result {
	struct image *image;
	const char *label;    /* arch/os or the file's name: shown in [] of a finding */
	int64_t limit;
	struct root *roots;
	size_t nroots;
	struct finding *findings;
	size_t nfindings, capfindings, nnew;
	/* figures */
	unsigned nfuncs, analyzed, ninsns, undecoded, ncallsites, nunknownsites, ndynamicsites, nindirect, nunresolved;
	unsigned cfichecked, cfibad;
	unsigned exact, bound, unknown; /* functions */
	double seconds;
};

struct request {
	int64_t limit;	   /* --limit, or -1 */
	const char **roots; /* --root */
	unsigned nroots;
	bool allpaths;	   /* --all-paths: one finding a path, not the worst alone */
	bool lazy;	   /* only what is reachable from the roots */
	const char *assume; /* --assume FILE */
	const char *label;
};

/* fatal on a root that is not there, and on an --assume line that is unused or contradicted. */
struct result *analyze(struct image *, const struct request *);
void analyze_more(struct image *, struct func *); /* of a function that a lazy analysis has not reached */
/* The worst chain from f (its entry without the call that enters it). */
struct chain chain_from(struct image *, struct func *f, int64_t limit);
void result_free(struct result *);

/* helpers.c: out-of-line arithmetic and what compilers call by themselves. */
enum helper { HELPER_NONE, HELPER_DIV64, HELPER_DIV128, HELPER_DIV32, HELPER_SHIFT, HELPER_FLOAT, HELPER_ATOMIC, HELPER_MEMORY, HELPER_STACK, HELPER_PIC };
enum helper helper_of(const struct func *, const char **name); /* by each name of its address */
bool stops_by_name(const struct func *); /* of a library: known never to come back, as exit and abort */

#endif
