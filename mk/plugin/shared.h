/* What the files of the split plugin share. Depends on GCC 12's plugin headers
 * (in the order in which they have to come), core/stack.h and arch/X/split.h
 * ("split.h" by -I arch/X); the build defines ARCH_NAME and CALL_SIZE (bytes
 * that a call pushes). Promises: one namespace, one owner a function.
 */
#ifndef SHARED_H
#define SHARED_H

#define INCLUDE_STRING
#define INCLUDE_VECTOR
#include "gcc-plugin.h"
#include "tree.h"
#include "gimple.h"
#include "rtl.h"
#include "memmodel.h"
#include "tm_p.h"
#include "context.h"
#include "function.h"
#include "emit-rtl.h"
#include "tree-pass.h"
#include "cgraph.h"
#include "diagnostic-core.h"
#include "stringpool.h"
#include "attribs.h"
#include "stack.h"
#include "stacknote.h"
#include "split.h"

#ifndef ARCH_NAME
#error "mk/plugin: ARCH_NAME is not defined, e.g. -DARCH_NAME='\"amd64\"'"
#endif
#ifndef CALL_SIZE
#error "mk/plugin: CALL_SIZE is not defined: bytes that a call pushes (amd64 8, 386 4, arm 0)"
#endif

namespace split {

/* What a check is about. `bytes` reaches from sp at a call site of the body up
 * to the CFA, so it includes what the call pushed (CALL_SIZE); it is a bound
 * where `dynamic` is set. */
struct frame {
	HOST_WIDE_INT bytes;
	HOST_WIDE_INT arg_bytes; /* incoming arguments on the stack */
	HOST_WIDE_INT pops;	 /* of which the function pops these itself */
	HOST_WIDE_INT ret;	 /* from the CFA down to the return address; 0: the word below */
	bool dynamic;		 /* not one constant: alloca, realignment */
	bool unbounded;		 /* no bound is known: alloca, naked */
};

/* attribute.cc */
void register_nosplit(void *, void *); /* PLUGIN_ATTRIBUTES */
bool is_nosplit(tree fndecl);	       /* the function itself, or what it is a clone of */

/* reject.cc: the first rejection of a function wins, later ones are silent. */
void reject(const char *why, const char *instead);
bool rejected(); /* the current function */
opt_pass *make_reject_pass(gcc::context *);

/* convention.cc: what depends on the target's calling conventions. */
const char *reject_convention(tree fndecl); /* a reason, or NULL */
HOST_WIDE_INT red_zone();		    /* bytes used below sp */
bool check_options();			    /* of the whole unit; false after an error */
opt_pass *make_convention_pass(gcc::context *);
opt_pass *make_live_pass(gcc::context *);

/* frame.cc: valid after the prologue has been generated. */
frame measure();

/* template.cc: the text of one prologue. `g` is the operand that holds g. */
bool check_g(const char *g);	     /* false after an error */
unsigned pack(const frame &);	     /* the packed argument of morestack */
std::string prologue(const frame &); /* for an asm_operands */

/* prologue.cc */
opt_pass *make_prologue_pass(gcc::context *);

/* record.cc: written to the object at the end of the unit. */
void set_record(const frame &, unsigned packed, unsigned kind); /* of the current function */
void set_slow_path(const std::string &text);			/* likewise; outside of the function */
opt_pass *make_record_pass(gcc::context *);			/* after final */
void write_records(void *, void *);				/* PLUGIN_FINISH_UNIT */

} // namespace split

#endif
