#define KCALL(name, number)                                                  \
	__asm__(".text\n" name ": movl $" STRING(number) ", %eax\n" KSITE(number) \
		"\tint $0x80\n\tjnc 1f\n\tnegl %eax\n1:\tret\n");
