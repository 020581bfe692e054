/* status.S - two ways into a circle that leads to a split, in syscall status. */
#ifdef __aarch64__
#define CALL bl
#define JUMP b
#define IF(to) cbz x0, to
#define PUSH str x30, [sp, #-16]!; grow 16
#define RETURN ldr x30, [sp], #16; grow -16; ret
#elif defined __arm__
#define CALL bl
#define JUMP b
#define IF(to) cmp r0, #0; beq to
#define PUSH str lr, [sp, #-4]!; grow 4
#define RETURN ldr pc, [sp], #4
	.syntax unified
	.arm
#else
#define CALL call
#define JUMP jmp
#define IF(to) test %eax, %eax; je to
#define PUSH
#define RETURN ret
#endif
	.include "prelude.s"
	note Limit, 0, 0, 4096
	plain _start
	CALL outer1
1:	JUMP 1b
	end _start
	func outer1
	PUSH
	CALL entersyscall
	CALL first
	CALL exitsyscall
	RETURN
	end outer1
	func outer2
	PUSH
	CALL entersyscall
	CALL third
	CALL exitsyscall
	RETURN
	end outer2
	func first
	JUMP second
	end first
	func second
	IF(third)
	JUMP large
	end second
	func third
	IF(second)
#ifdef __arm__
	bx lr
#else
	ret
#endif
	end third
	func entersyscall, Asm
#ifdef __arm__
	bx lr
#else
	ret
#endif
	end entersyscall
	func exitsyscall, Asm
#ifdef __arm__
	bx lr
#else
	ret
#endif
	end exitsyscall
	note Enter, entersyscall
	note Leave, exitsyscall
	func large, Split
#ifdef __arm__
	ldr ip, [r10]
	cmp sp, ip
	bhi 1f
	mov r3, lr
	b morestack
1:	bx lr
#elif defined __aarch64__
	ldr x16, [x28]
	cmp sp, x16
	b.hi 1f
	mov x9, x30
	b morestack
1:	ret
#elif defined(__x86_64__)
	cmp (%r14), %rsp
	jbe morestack
	ret
#else
	mov %gs:0, %eax
	cmp (%eax), %esp
	jbe morestack
	ret
#endif
	end large
	func morestack, Asm
	here Switch
#ifdef __arm__
	ldr sp, [r10, #4]
	udf #0
#elif defined __aarch64__
	mov sp, x10
	udf #0
#elif defined(__x86_64__)
	mov 8(%r14), %rsp
	ud2
#else
	mov 4(%eax), %esp
	ud2
#endif
	end morestack
