#include "asm.h"

/* Where a handler returns to, with its arguments at esp: the third is the context, for
 * setcontext(2). */
	TEXT netbsd_tramp, 0
	movl 8(%esp), %eax
	movl %eax, 4(%esp)
	movl $308, %eax
	int $0x80
	ud2
	END netbsd_tramp
