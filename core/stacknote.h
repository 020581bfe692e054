/* What the program says of itself to the stack analyzer (conformance/nosplit), which
 * knows nothing else of it: records of 4 words in the section .nosplit, which is not
 * loaded. Written by the compiler plugin, by TEXT in assembly, and by the macros below.
 * Preprocessor only; macros for assembly are in asm.h. C needs arch.h and STRING.
 *
 *	kind		where		what		value
 */
#ifndef CORE_STACKNOTE_H
#define CORE_STACKNOTE_H

#define NoteVersion 1 /* -		-		1, once a unit */
#define NoteLimit 2   /* -		-		bytes that a chain of nosplit functions may use */
#define NoteSmall 3   /* -		-		frame that a passing check leaves room for beyond that */
#define NoteFunc 4    /* function	-		FuncSplit, FuncLeaf, FuncNosplit, FuncAsm (stack.h) */
#define NoteRoot 5    /* function	-		it starts a chain, with a limit of its own, or 0 */
#define NoteSwitch 6  /* instruction	-		Switch... : from it on sp is on another stack */
#define NoteCalls 7   /* indirect call	callee, or 0	- : 0 is any function that may split; several add up */
#define NoteEnter 8   /* function	-		- : when it returns, syscall status is on */
#define NoteLeave 9   /* function	-		- : when it returns, syscall status is off */
#define NoteExempt 10 /* instruction	-		+1: from it on a split is allowed in syscall status; -1: no more */
#define NoteBody 11   /* function	function	- : the first is a part of the second one's body */

#define SwitchReturns 1 /* somebody else resumes the caller, as if the function had returned */
#define SwitchGone 2	/* nobody comes back to the caller */

#ifndef __ASSEMBLER__
#include "section.h"
#if defined(PtrSize) && PtrSize == 8
#define NOTE_WORD ".quad"
#else
#define NOTE_WORD ".long"
#endif
/* In an asm template; where, what and value are text that the assembler understands. */
#define NOTE_TEXT(kind, where, what, value)                                                        \
	"\n\t" NOTE_AGAIN "\n\t" NOTE_WORD " " STRING(kind) ", " where ", " what ", " value "\n\t" STRING(SECTION_END) "\n"
/* Before an indirect call that a template with operands makes: it may go to callee. */
#define NOTE_CALLS(callee) ".Lnote%=:" NOTE_TEXT(NoteCalls, ".Lnote%=", callee, "0") "\t"

/* The place where it stands, once for each copy that is made by inlining. */
#define NOTE_HERE(kind, value)                                                                     \
	__asm__ volatile(".Lnote%=:" NOTE_TEXT(kind, ".Lnote%=", "0", STRING(value)) : : : "memory")
/* The function fn, of the same unit or not; stands in the body of a function. */
#define NOTE_FUNCTION(kind, fn, value)                                                             \
	__asm__ volatile(NOTE_TEXT(kind, "%c0", "0", STRING(value)) : : "i"(fn))

/* What a split or a lock needs in syscall status: between these two it may split, as
 * m->locks is not 0. */
#define SPLIT_ALLOWED() NOTE_HERE(NoteExempt, 1)
#define SPLIT_FORBIDDEN() NOTE_HERE(NoteExempt, -1)
/* fn is entered on a stack that has limit bytes for it and what it calls. */
#define STACK_ROOT(fn, limit) NOTE_FUNCTION(NoteRoot, fn, limit)
#define ENTERS_SYSCALL(fn) NOTE_FUNCTION(NoteEnter, fn, 0)
#define LEAVES_SYSCALL(fn) NOTE_FUNCTION(NoteLeave, fn, 0)
#endif

#endif
