/* For assembly: layout constants, and TEXT and END, which every function uses.
 * TEXT writes the record that traces and the stack analyzer read (struct
 * funcrec): frame is the number of bytes from sp at a call in the body up to
 * the caller's sp, plus FuncDynamic where sp there is not a constant.
 */
#include "arch.h"
#include "offset.h"
#include "section.h"
#include "stack.h"
#include "stacknote.h"

	NO_EXECUTABLE_STACK
	.text
	.set portkit.split, 1 /* this object takes part in split stacks */
	.cfi_sections .debug_frame

	.macro PTR value
	.if PtrSize == 8
	.quad \value
	.else
	.long \value
	.endif
	.endm

	/* For the stack analyzer (stacknote.h). */
	.macro NOTE kind, where, what=0, value=0
	NOTE_SECTION
	PTR \kind
	PTR \where
	PTR \what
	PTR \value
	SECTION_END
	.endm
	NOTE NoteVersion, 0, 0, 1

	/* With the instruction that is the argument sp goes to another stack. */
	.macro SWITCH_HOW how, insn:vararg
	NOTE NoteSwitch, .Lnote\@, 0, \how
.Lnote\@:
	\insn
	.endm
	.macro SWITCH insn:vararg
	SWITCH_HOW 0, \insn
	.endm
	/* Likewise, and somebody else resumes the caller; nobody does. */
	.macro SUSPEND insn:vararg
	SWITCH_HOW SwitchReturns, \insn
	.endm
	.macro RESUME insn:vararg
	SWITCH_HOW SwitchGone, \insn
	.endm

	/* The indirect call or jump that follows may go to the function callee. */
	.macro CALLS callee
.Lnote\@:
	NOTE NoteCalls, .Lnote\@, \callee
	.endm

	/* CFI of the registers that a push has just stored, from sp up. */
	.macro PUSHED regs:vararg
	.irp reg, \regs
	.cfi_adjust_cfa_offset PtrSize
	.endr
	.set pushed, 0
	.irp reg, \regs
	.cfi_rel_offset \reg, pushed
	.set pushed, pushed + PtrSize
	.endr
	.endm

	.macro RECORD name, frame, flags
	NAME_SECTION
.Lname\@:
	.asciz "\name"
	SECTION_END
	RECORD_SECTION
	.balign PtrSize
	PTR \name
	PTR .Lname\@
	.long \frame, 0, FuncAsm + \flags, 0
	SECTION_END
	.endm

	.macro TEXT name, frame, flags=0, align=16, kind=FuncAsm
	RECORD \name, \frame, \flags
	NOTE NoteFunc, \name, 0, \kind
	.text
	.balign \align
	.globl \name
	FUNCTION_BEGIN(\name)
\name:
	.cfi_startproc
	.endm

	.macro END name
	.cfi_endproc
	FUNCTION_END(\name)
	.endm
