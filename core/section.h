/* How assembly writes what the object format decides: which sections records and notes
 * go to, and what a function's symbol says. Preprocessor only; for asm.h, stacknote.h.
 *
 * COFF: the assembler keeps no stack of sections, so that a record ends in .text: all
 * code is in there (-fno-reorder-functions). Symbols have no size.
 */
#ifndef CORE_SECTION_H
#define CORE_SECTION_H

#ifdef __ELF__
#define NOTE_SECTION .pushsection .nosplit, "", %progbits
#define NOTE_AGAIN ".pushsection .nosplit" /* from C, whose % are operands */
#define RECORD_SECTION .pushsection portkit_stack, "a", %progbits
#define NAME_SECTION .pushsection .rodata.str1.1, "aMS", %progbits, 1
#define SECTION_END .popsection
#define NO_EXECUTABLE_STACK .section .note.GNU-stack, "", %progbits
#define FUNCTION_BEGIN(name) .type name, %function
#define FUNCTION_END(name) .size name, . - name
#else
#define NOTE_SECTION .section .nosplit, "dr"
#define NOTE_AGAIN ".section .nosplit, \"dr\""
#define RECORD_SECTION .section portkit_stack, "dr"
#define NAME_SECTION .section .rdata, "dr"
#define SECTION_END .text
#define NO_EXECUTABLE_STACK
#define FUNCTION_BEGIN(name) .def name; .scl 2; .type 32; .endef
#define FUNCTION_END(name)
#endif

#endif
