/* The entry, and what compilers seldom emit. No CFI: the code alone says it. */
.macro FUNC name
	.globl \name
	.type \name, @function
\name:
.endm
.macro END name
	.size \name, . - \name
.endm
	.text
	FUNC _start
	xorl %ebp, %ebp
	call relocate
	call run_all
	xorl %edi, %edi
	movl $231, %eax
	syscall
	ud2
	END _start

	/* void dyn_shifted(void (*f)(void), long bytes) */
	FUNC dyn_shifted
	pushq %rbp
	movq %rsp, %rbp
	subq %rsi, %rsp
	call *%rdi
	leave
	ret
	END dyn_shifted

	FUNC asm_enter /* frame 40 below the saved rbp */
	enter $40, $0
	movq %rdi, -40(%rbp)
	leave
	ret
	END asm_enter

	FUNC asm_pushes /* every kind of push: 8+8+8+8+8, then 2 */
	pushq $1
	pushq $0x12345
	pushq (%rsp)
	pushfq
	pushq %rsp
	pushw $7
	addq $2, %rsp
	popq %rax
	popfq
	popq (%rsp)
	addq $16, %rsp
	ret
	END asm_pushes

	FUNC asm_lea /* 200, by lea and by add of a negative number */
	leaq -72(%rsp), %rsp
	addq $-128, %rsp
	movq %rax, (%rsp)
	subq $-128, %rsp
	leaq 72(%rsp), %rsp
	ret
	END asm_lea

	FUNC asm_register /* the frame's size comes in a register */
	movl $4096+24, %eax
	subq %rax, %rsp
	movq %rax, (%rsp)
	addq %rax, %rsp
	ret
	END asm_register

	FUNC asm_zone /* 120 bytes of the red zone */
	movq %rdi, -8(%rsp)
	movq %rdi, -120(%rsp)
	movq -120(%rsp), %rax
	ret
	END asm_zone

	FUNC asm_saved /* sp is kept in a register over a call */
	pushq %rbx
	movq %rsp, %rbx
	subq $88, %rsp
	andq $-32, %rsp
	call asm_zone
	movq %rbx, %rsp
	popq %rbx
	ret
	END asm_saved

	FUNC asm_tail /* released before the jump: asm_lea counts from the entry */
	subq $56, %rsp
	call asm_zone
	addq $56, %rsp
	jmp asm_lea
	END asm_tail

	FUNC asm_held /* a jump with a frame that the other one drops */
	pushq %rdi
	jmp asm_dropper
	END asm_held
	FUNC asm_dropper
	subq $32, %rsp
	movq %rdi, (%rsp)
	addq $40, %rsp
	ret
	END asm_dropper

	FUNC asm_thunk /* where am I, the old way */
	call 1f
1:	popq %rax
	ret
	END asm_thunk

	FUNC asm_loop /* as deep in every turn */
	movl $3, %ecx
1:	pushq %rcx
	pushq %rcx
	call asm_enter
	popq %rcx
	popq %rcx
	loop 1b
	ret
	END asm_loop

	FUNC asm_frames /* two depths meet: the deeper one counts */
	pushq %rbp
	movq %rsp, %rbp
	testl $1, %edi
	jz 1f
	subq $144, %rsp
1:	call asm_enter
	movq %rbp, %rsp
	popq %rbp
	ret
	END asm_frames

	FUNC asm_xchg /* by way of another register */
	movq %rsp, %rax
	subq $104, %rax
	xchgq %rax, %rsp
	movq %rax, (%rsp)
	movq (%rsp), %rsp
	ret
	END asm_xchg

	FUNC run_asm
	subq $8, %rsp
	call asm_enter
	call asm_pushes
	call asm_lea
	call asm_register
	call asm_zone
	call asm_saved
	call asm_tail
	call asm_held
	call asm_thunk
	call asm_loop
	xorl %edi, %edi
	call asm_frames
	movl $1, %edi
	call asm_frames
	call asm_xchg
	call run_hand
	addq $8, %rsp
	ret
	END run_asm
	.section .note.GNU-stack, "", @progbits
