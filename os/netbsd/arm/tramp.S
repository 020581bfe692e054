#include "asm.h"

/* Where a handler returns to: r5 is the context, for setcontext(2). */
	TEXT netbsd_tramp, 0
	mov r0, r5
	svc #0xa00000 + 308
	udf #0
	END netbsd_tramp
