#include "asm.h"

/* intptr_t linux_clone(uintptr_t flags: r0, void *sp: r1, uint32_t *cleartid: r2,
 * struct m *mp: r3). The kernel wants cleartid in r4; r5 hands mp to the child,
 * which has all registers of the parent but sp. */
	TEXT linux_clone, 16
	push {r4, r5, r7, lr}
	.cfi_def_cfa_offset 16
	.cfi_rel_offset r4, 0
	.cfi_rel_offset r5, 4
	.cfi_rel_offset r7, 8
	.cfi_rel_offset lr, 12
	mov r4, r2
	mov r5, r3
	mov r7, #120
	svc 0
	cmp r0, #0
	popne {r4, r5, r7, pc}
	.cfi_undefined lr
	SWITCH mov r0, r5
	mov fp, #0
	push {r0, r1, r2, fp} /* the return address of a trace that ends here */
	bl linux_thread
	udf #0
	END linux_clone

	TEXT linux_restorer, 0
	mov r7, #173
	svc 0
	udf #0
	END linux_restorer
