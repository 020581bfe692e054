#include "asm.h"

	TEXT memcpy, 0
	b memmove
	END memcpy

/* void *memmove(void *to: r0, const void *from: r1, size_t n: r2). ip the
 * destination as it moves, r3 data. */
	TEXT memmove, 0
	mov ip, r0
	sub r3, r0, r1
	cmp r3, r2 /* from < to < from + n: backward */
	blo 4f
	orr r3, r0, r1
	tst r3, #3
	bne 2f
1:	subs r2, r2, #4
	ldrhs r3, [r1], #4
	strhs r3, [ip], #4
	bhi 1b
	addlo r2, r2, #4
2:	subs r2, r2, #1
	bxlo lr
	ldrb r3, [r1], #1
	strb r3, [ip], #1
	b 2b
4:	subs r2, r2, #1
	bxlo lr
	ldrb r3, [r1, r2]
	strb r3, [ip, r2]
	b 4b
	END memmove

/* void *memset(void *p: r0, int c: r1, size_t n: r2) */
	TEXT memset, 0
	mov ip, r0
	and r1, r1, #255
	orr r1, r1, r1, lsl #8
	orr r1, r1, r1, lsl #16
	tst r0, #3
	bne 2f
1:	subs r2, r2, #4
	strhs r1, [ip], #4
	bhi 1b
	addlo r2, r2, #4
2:	subs r2, r2, #1
	bxlo lr
	strb r1, [ip], #1
	b 2b
	END memset
