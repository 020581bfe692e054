/*
 * odd.S - what compilers rarely or never emit, run under an emulator for trace.c: one program
 * for amd64 and 386, without a library. Exits with 0.
 */
#ifdef __x86_64__
#define R(x) %r##x
#define W 8
#define PUSHM pushq
#define POPM popq
#else
#define R(x) %e##x
#define W 4
#define PUSHM pushl
#define POPM popl
#endif
	.globl _start
	.text
_start:
	mov R(sp), R(bp)
	and $-64, R(sp)
	sub $1024, R(sp)
	mov $0x12345678, %eax
	mov R(sp), R(bx)
	/* sp itself */
	push R(sp)
	pop R(cx)
	push R(sp)
	pop R(sp)
	PUSHM (R(sp))
	POPM (R(sp))
	PUSHM W(R(sp))
	POPM W(R(sp))
	PUSHM -W(R(bx))
	POPM -W(R(bx))
	push $-3
	pop R(dx)
	push $0x11223344
	pop R(dx)
	pushw $0x1234
	popw %dx
	push %fs
	pop %fs
	xchg R(sp), R(bx)
	xchg R(bx), R(sp)
	xchg R(ax), (R(sp))
	xchg %cx, (R(sp))
	xchg %ah, %cl
	xchg %eax, %edx
	inc R(sp)
	dec R(sp)
	neg R(sp)
	neg R(sp)
	not R(sp)
	not R(sp)
	xadd R(cx), R(dx)
	xadd R(cx), (R(sp))
	xadd %eax, %edx
	mov R(sp), R(cx)
	cmp R(sp), R(cx)
	cmove R(cx), R(sp)
	cmovne R(ax), R(sp)
	cmovae %ecx, %edx
	cmovb %ecx, %edx
	lea -64(R(sp)), R(sp)
	lea 64(R(sp)), R(sp)
	mov $4, %ecx
	lea (R(sp),R(cx),8), R(sp)
	neg R(cx)
	lea (R(sp),R(cx),8), R(sp)
	sub R(cx), R(sp)
	add R(cx), R(sp)
	orl $0, (R(sp))
	lock orl $0, -64(R(sp))
	/* frames */
	push R(bp)
	mov R(sp), R(bp)
	enter $32, $0
	leave
	enter $16, $1
	leave
	enter $64, $3
	leave
	pop R(bp)
	pushf
	popf
	push $1
	push $2
	call 1f
	call 2f
	jmp 3f
1:	ret
2:	ret $(2 * W)
3:
#ifdef __x86_64__
	lea 4f(%rip), %rax
	mov %rax, -8(%rsp)
	call *-8(%rsp)
	jmp 5f
4:	repz ret
5:	lea 6f(%rip), %rdx
	jmp *%rdx
6:	push %r12
	mov %rsp, %r12
	mov (%r12), %r13
	mov %r13, (%r12)
	pop %r12
	lea low(%rip), %rdx
	mov (%edx), %eax
	mov %eax, 4(%edx)
	addl $3, 4(%edx)
	subl $3, 4(%edx)
	lea (%esp), %rcx
	movslq %eax, %rcx
	movabs $-0x123456789abcdef, %rax
	shr $4, %eax
	movabs $-0x123456789abcdef, %rax
	shl $4, %eax
	movabs $-0x123456789abcdef, %rax
	sub $5, %eax
	movabs $-0x123456789abcdef, %rax
	and $-4, %eax
	cltq
	cqto
	movabs $-0x123456789abcdef, %rax
	neg %eax
	not %eax
	cwtl
	movsbl %al, %edx
	movswq %ax, %rdx
	cmp $5, %rax
	cmp %al, %dl
	cmp %ax, %dx
	add $-128, %rsp
	sub $-128, %rsp
	xor %r8d, %r8d
	mov $3, %ecx
7:	jecxz 8f
	loop 7b
8:
#else
	mov $4f, %eax
	mov %eax, -4(%esp)
	call *-4(%esp)
	jmp 5f
4:	repz ret
5:	mov $6f, %edx
	jmp *%edx
6:	pusha
	popa
	pushaw
	popaw
	mov $3, %ecx
7:	jecxz 8f
	loop 7b
8:	call 9f
9:	pop %ebx
	aaa
	cwtl
	movsbl %al, %edx
	movsbl %bh, %edx
#endif
	/* parts of registers, and flags */
	mov $0x8877, %eax
	mov $0x99, %al
	mov $0x66, %ah
	movsbl %al, %edx
	movswl %ax, %edx
	mov R(ax), (R(sp))
	movsbl (R(sp)), %edx
	movswl (R(sp)), %edx
	mov $0, %dx
	xor %ch, %ch
	xor %cl, %cl
	mov $0, %ch
	movzbl %ah, %ecx
	movzbl %al, %edx
	movzwl %ax, %edx
	and $0xf0, %al
	and $0x0ff0, %ax
	and $0x0f, %ah
	and $0, %eax
	test %eax, %eax
	sub %eax, %eax
	or $-1, %eax
	or %eax, %eax
	xor %eax, %eax
	sub $1, %eax
	cmp $-1, %eax
	cmp $0x7f, %al
	cmpb $-1, (R(sp))
	cmpw $-2, (R(sp))
	cmpl $-3, (R(sp))
	addl $5, (R(sp))
	subl $7, (R(sp))
	andl $-2, (R(sp))
	incl (R(sp))
	decl (R(sp))
	decb (R(sp))
	sete %al
	setne (R(sp))
	shl $31, %eax
	shr $31, %eax
	shr %eax
	sar $3, %eax
	shl %cl, %eax
	rol $3, %eax
	bswap %eax
	bsf %eax, %ecx
	bts $3, %eax
	mov $7, %eax
	mov $3, %ecx
	cltd
	idiv %ecx
	mul %ecx
	imul %ecx
	imul $24, %ecx, %edx
	mov $5, %ecx
	cmpxchg %ecx, %edx
	cmpxchg R(cx), (R(sp))
	cmpxchg8b (R(sp))
	cld
	lea (R(sp)), R(si)
	lea 64(R(sp)), R(di)
	mov $3, %ecx
	rep movsb
	movsl
	stosb
	lodsl
	scasb
	cmpsb
	mov $3, %ecx
	repe cmpsb
	mov $3, %ecx
	repne scasb
	mov $3, %ecx
	rep stosl
	mov R(sp), R(bx)
	xor %eax, %eax
	xlat
	cpuid
	rdtsc
	lahf
	sahf
	stc
	cmc
	clc
	movd %eax, %xmm0
	movd %xmm0, %ecx
	movups %xmm0, -32(R(sp))
	movups -32(R(sp)), %xmm1
	cvttss2si %xmm0, %eax
	fnstcw -2(R(sp))
	fldl (R(sp))
	fstpl -8(R(sp))
	fnstsw %ax
#ifdef __x86_64__
	mov $60, %eax
	xor %edi, %edi
	syscall
#else
	mov $1, %eax
	xor %ebx, %ebx
	int $0x80
#endif
	ud2
	.bss
low:	.skip 64
	.section .note.GNU-stack, "", %progbits
