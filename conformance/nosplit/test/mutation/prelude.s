/* prelude.s - notes and functions for the programs beside it, on every arch.
 * Needs the symbol Word, the size of an address (as --defsym).
 */
	Version = 1; Limit = 2; Small = 3; Func = 4; Root = 5; Switch = 6; Calls = 7; Enter = 8; Leave = 9; Exempt = 10
	Split = 1; Leaf = 2; Nosplit = 3; Asm = 4

	.macro note kind, where, what=0, value=0
	.pushsection .nosplit, "", %progbits
	.if Word == 8
	.quad \kind, \where, \what, \value
	.else
	.long \kind, \where, \what, \value
	.endif
	.popsection
	.endm
	.macro here kind, what=0, value=0
.Lhere\@:
	note \kind, .Lhere\@, \what, \value
	.endm
	.macro grow n /* what CFI has to know after sp went down by n */
	.cfi_adjust_cfa_offset \n
	.endm
	.macro plain name /* a function that no note is about */
	.globl \name
	.type \name, %function
\name:
	.cfi_startproc
	.endm
	.macro func name, kind=Nosplit
	note Func, \name, 0, \kind
	plain \name
	.endm
	.macro root name, limit
	func \name
	note Root, \name, 0, \limit
	.endm
	.macro end name
	.cfi_endproc
	.size \name, . - \name
	.endm
	.macro alias name, of
	.globl \name
	.type \name, %function
	.ifdef Thumb
	.thumb_set \name, \of
	.else
	.set \name, \of
	.endif
	.endm
	note Version, 0, 0, 1
	note Small, 0, 0, 128
	.section .note.GNU-stack, "", %progbits
	.text
