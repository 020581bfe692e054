#include "asm.h"

/* intptr_t linux_clone(uintptr_t flags: x0, void *sp: x1, uint32_t *cleartid: x2,
 * struct m *mp: x3). The kernel wants cleartid in x4; x5 hands mp to the child, which has
 * all registers of the parent but sp. */
	TEXT linux_clone, 0
	mov x4, x2
	mov x5, x3
	mov x8, #220
	svc #0
	cbz x0, 1f
	ret
1:	.cfi_undefined x30
	SWITCH mov x0, x5
	mov x29, #0
	stp xzr, xzr, [sp, #-16]! /* the return address of a trace that ends here */
	bl linux_thread
	udf #0
	END linux_clone

	TEXT linux_restorer, 0
	mov x8, #139
	svc #0
	udf #0
	END linux_restorer
