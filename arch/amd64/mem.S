#include "asm.h"

/* void *memmove(void *to: rdi, const void *from: rsi, size_t n: rdx) */
	TEXT memcpy, 8
	jmp memmove
	END memcpy

	TEXT memmove, 8
	movq %rdi, %rax
	movq %rdx, %rcx
	movq %rdi, %r8
	subq %rsi, %r8
	cmpq %rdx, %r8 /* from < to < from + n: backward */
	jb 1f
	rep movsb
	ret
1:	leaq -1(%rdi,%rcx), %rdi
	leaq -1(%rsi,%rcx), %rsi
	std
	rep movsb
	cld
	ret
	END memmove

/* void *memset(void *p: rdi, int c: esi, size_t n: rdx) */
	TEXT memset, 8
	movq %rdi, %r8
	movl %esi, %eax
	movq %rdx, %rcx
	rep stosb
	movq %r8, %rax
	ret
	END memset
