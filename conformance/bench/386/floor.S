/* The floor of mcall and gogo: the least that goes to another stack and comes
 * back. */
#include "asm.h"

/* void floorswitch(struct floorswitch *s). ecx s: sp pc ebx ebp esi edi, then sp
 * and pc of the other side. */
	TEXT floorswitch, 4
	movl 4(%esp), %ecx
	movl (%esp), %eax
	movl %eax, 4(%ecx)
	leal 4(%esp), %eax
	movl %eax, (%ecx)
	movl %ebx, 8(%ecx)
	movl %ebp, 12(%ecx)
	movl %esi, 16(%ecx)
	movl %edi, 20(%ecx)
	movl 24(%ecx), %esp
	jmp *28(%ecx)
	END floorswitch

/* The other side: goes back at once. */
	TEXT floorback, 0
	movl 8(%ecx), %ebx
	movl 12(%ecx), %ebp
	movl 16(%ecx), %esi
	movl 20(%ecx), %edi
	movl (%ecx), %esp
	jmp *4(%ecx)
	END floorback
