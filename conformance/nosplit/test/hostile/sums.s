# Numbers at the end of what 64 bits hold, in every sum that the analyzer makes of them.
	.globl _start
	.type _start, @function
_start:
	mov (%rdi), %rcx
	cmp $5, %rcx
	ja 1f
	lea 1(,%rcx,8), %rdx
	movabs $0x8000000000000000, %rax
	sub %rdx, %rax		# a constant less a range
	movabs $0x7fffffffffffffff, %rbx
	lea 1(,%rcx,8), %rdx
	add %rbx, %rdx		# a range, and a constant
	movabs $0x8000000000000000, %rsi
	sub %rdx, %rsi
	jmp *(%rax)
1:	movabs $0x8000000000000000, %rax
	lea (%rsp,%rax), %rbx	# sp, and a constant
	sub %rax, %rbx
	mov %rbx, 8(%rsp,%rax)
	mov (%rdi), %rdx
	add %rax, %rdx
	sub %rax, %rdx
	mov (%rdi), %rdx
	and %rax, %rdx
	btr $63, %rdx
	btc $63, %rdx
	mov %rsp, %rbx
	and %rax, %rbx
	cmp %rax, %rcx
	jl 2f
	cmp %rax, %rdx
	jg 2f
	mov (%rax,%rcx,8), %rbp
	lea 0x7fffffff(%rsp,%rcx,8), %rbp
	lea -0x80000000(%rsp,%rcx,8), %rbp
	mov %rbp, (%rbp)
	mov %rbx, -0x80000000(%rbp,%rcx,8)
2:	lea (,%rcx,8), %rdx
	shl $8, %rdx
	lea (%rax,%rdx,8), %rdx
	sub %rdx, %rax
	sub %rdx, %rsp
	sub $0x7fffffff, %rsp
	add $-0x80000000, %rsp
	sub $-0x80000000, %rsp
	and $-0x80000000, %rsp
	sub %rax, %rsp
	call _start
	ret
	.size _start, . - _start
