/* arm: see host.h. */
	.section .note.GNU-stack, "", %progbits
	.text
	.arm
	.macro FUNC name
	.balign 4
	.globl \name
	.type \name, %function
\name:
	.endm

	.macro ENTER
	push {r4-r8, lr}
	mov r7, r0
	mov r0, r1
	mov r1, r2
	mov r2, r3
	ldr r3, [sp, #24]
	ldr r4, [sp, #28]
	ldr r5, [sp, #32]
	.endm

/* long sys6(long n, long a, long b, long c, long d, long e, long f). */
FUNC sys6
	ENTER
	svc 0
	pop {r4-r8, pc}

/* long interruptible(long n, long a, ..., long f, uint32_t *npending): while it is in the
 * range of its labels, signals that are noted send it to the last one. */
FUNC interruptible
	ENTER
	ldr r8, [sp, #36]
	.globl interruptible_begin, interruptible_end, interruptible_ended
interruptible_begin:
	ldr ip, [r8]
	cmp ip, #0
	bne interruptible_ended
	svc 0
interruptible_end:
	pop {r4-r8, pc}
interruptible_ended:
	mvn r0, #3 /* -EINTR */
	pop {r4-r8, pc}

/* long clonethread(long flags, void *sp, uint32_t *tid, uint32_t *cleartid): the child, on
 * sp, pops a function and its argument. */
FUNC clonethread
	push {r4, r7, r8, lr}
	mov r4, r3
	mov r3, #0
	mov r7, #120
	svc 0
	cmp r0, #0
	popne {r4, r7, r8, pc}
	mov fp, #0
	pop {r1, r2}
	mov r0, r2
	blx r1
	udf #0

	.globl copymem_begin, copymem_end, copyword_begin, copyword_end
/* long copymem(void *to, const void *from, uintptr_t n): a fault in the range goes on at its
 * end, with what remains. */
FUNC copymem
	cmp r2, #0
copymem_begin:
	beq copymem_end
	ldrb r3, [r1], #1
	strb r3, [r0], #1
	subs r2, r2, #1
	b copymem_begin
copymem_end:
	mov r0, r2
	bx lr

/* long copyword(uint32_t *to, const uint32_t *from): likewise. */
FUNC copyword
	mov r3, #1
copyword_begin:
	ldr r2, [r1]
	str r2, [r0]
	mov r3, #0
copyword_end:
	mov r0, r3
	bx lr

/* Where a handler of the image returns to: sp is at the pointer to its context. */
	.globl sigcode_begin, sigcode_number, sigcode_end
sigcode_begin:
	ldr r0, [sp]
sigcode_number:
	.word 0 /* svc */
	udf #0
sigcode_end:

/* Linux: rt_sigreturn(2), where the host's handlers return to. */
FUNC handler_return
	mov r7, #173
	svc 0

/* libgcc's answer to a division by zero. */
FUNC raise
	udf #0

/* hostmain(sp as the kernel left it), on an aligned stack. */
FUNC _start
	mov fp, #0
	mov r0, sp
	bic ip, sp, #7
	mov sp, ip
	bl hostmain
	udf #0
