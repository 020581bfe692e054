/* The child of fork(2) is told by the second result, in edx. */
#define KCALL(name, number)                                                                                  \
	__asm__(".text\n" name ": movl $0x2000000+" STRING(number) ", %eax\n\tmovq %rcx, %r10\n"             \
		"\tsyscall\n\tjnc 1f\n\tnegq %rax\n\tret\n1:\n\t.ifc " name ",kfork\n\ttestl %edx, %edx\n\tjz 2f\n" \
		"\txorl %eax, %eax\n2:\n\t.endif\n\tret\n");
