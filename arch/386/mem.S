#include "asm.h"

	TEXT memcpy, 4
	jmp memmove
	END memcpy

/* void *memmove(void *to, const void *from, size_t n) */
	TEXT memmove, 12
	pushl %edi
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset edi, 0
	pushl %esi
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset esi, 0
	movl 12(%esp), %edi
	movl 16(%esp), %esi
	movl 20(%esp), %ecx
	movl %edi, %eax
	movl %edi, %edx
	subl %esi, %edx
	cmpl %ecx, %edx /* from < to < from + n: backward */
	jb 1f
	rep movsb
	jmp 2f
1:	leal -1(%edi,%ecx), %edi
	leal -1(%esi,%ecx), %esi
	std
	rep movsb
	cld
2:	popl %esi
	.cfi_adjust_cfa_offset -4
	.cfi_restore esi
	popl %edi
	.cfi_adjust_cfa_offset -4
	.cfi_restore edi
	ret
	END memmove

/* void *memset(void *p, int c, size_t n) */
	TEXT memset, 8
	pushl %edi
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset edi, 0
	movl 8(%esp), %edi
	movl 12(%esp), %eax
	movl 16(%esp), %ecx
	movl %edi, %edx
	rep stosb
	movl %edx, %eax
	popl %edi
	.cfi_adjust_cfa_offset -4
	.cfi_restore edi
	ret
	END memset
