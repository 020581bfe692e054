#define KCALL(name, number)                                                                          \
	__asm__(".text\n" name ": movl $" STRING(number) ", %eax\n\tmovq %rcx, %r10\n" KSITE(number) \
		"\tsyscall\n\tjnc 1f\n\tnegq %rax\n1:\tret\n");
