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
	xorl %ebx, %ebx
	movl $252, %eax
	int $0x80
	ud2
	END _start

	/* void dyn_shifted(void (*f)(void), long bytes), -mregparm=3 or not: in eax, edx too */
	FUNC dyn_shifted
	pushl %ebp
	movl %esp, %ebp
#ifdef REGPARM
	subl %edx, %esp
	call *%eax
#else
	subl 12(%ebp), %esp
	call *8(%ebp)
#endif
	leave
	ret
	END dyn_shifted

	FUNC asm_enter
	enter $40, $0
	movl %eax, -40(%ebp)
	leave
	ret
	END asm_enter

	FUNC asm_all /* eight registers, the flags, and 16 bits */
	pushal
	pushfl
	pushw $3
	popw %ax
	popfl
	popal
	ret
	END asm_all

	FUNC asm_pushes
	pushl $1
	pushl $0x12345
	pushl (%esp)
	pushl %esp
	pushl %ds
	addl $8, %esp
	popl (%esp)
	leal 8(%esp), %esp
	ret
	END asm_pushes

	FUNC asm_pops /* takes 12 bytes of arguments away */
	pushl 4(%esp)
	popl %eax
	ret $12
	END asm_pops

	FUNC asm_calls_pops
	pushl $1
	pushl $2
	pushl $3
	call asm_pops
	pushl $4
	pushl $5
	pushl $6
	call asm_pops
	call asm_enter
	ret
	END asm_calls_pops

	FUNC asm_tail_pops /* pops as much as the one that it jumps to */
	movl 4(%esp), %eax
	subl $20, %esp
	movl %eax, (%esp)
	addl $20, %esp
	jmp asm_pops
	END asm_tail_pops

	FUNC asm_calls_tail
	pushl %ecx
	pushl $4
	pushl $5
	pushl $6
	call asm_tail_pops
	call asm_enter
	popl %ecx
	ret
	END asm_calls_tail

	FUNC asm_thunk /* where am I */
	pushl %ebx
	call 1f
1:	popl %ebx
	popl %ebx
	ret
	END asm_thunk

	FUNC asm_bx /* as compilers do it */
	movl (%esp), %ebx
	ret
	END asm_bx

	FUNC asm_saved
	pushl %ebx
	movl %esp, %ebx
	subl $88, %esp
	andl $-32, %esp
	call asm_enter
	movl %ebx, %esp
	popl %ebx
	ret
	END asm_saved

	FUNC asm_register
	movl $4096+24, %eax
	subl %eax, %esp
	movl %eax, (%esp)
	addl %eax, %esp
	ret
	END asm_register

	FUNC asm_loop
	movl $3, %ecx
1:	pushl %ecx
	pushl %ecx
	call asm_enter
	popl %ecx
	popl %ecx
	loop 1b
	ret
	END asm_loop

	FUNC asm_frames
	pushl %ebp
	movl %esp, %ebp
	testl $1, 8(%ebp)
	jz 1f
	subl $144, %esp
1:	call asm_enter
	movl %ebp, %esp
	popl %ebp
	ret
	END asm_frames

	FUNC asm_held
	pushl %eax
	jmp asm_dropper
	END asm_held
	FUNC asm_dropper
	subl $32, %esp
	movl %eax, (%esp)
	addl $36, %esp
	ret
	END asm_dropper

	FUNC run_asm
	pushl %ebx
	call asm_enter
	call asm_all
	call asm_pushes
	call asm_calls_pops
	call asm_calls_tail
	call asm_thunk
	call asm_bx
	call asm_saved
	call asm_register
	call asm_loop
	pushl $0
	call asm_frames
	movl $1, (%esp)
	call asm_frames
	addl $4, %esp
	call asm_held
	call run_hand
	popl %ebx
	ret
	END run_asm
	.section .note.GNU-stack, "", @progbits
