#define KCALL(name, number)                                                                            \
	__asm__(".text\n.balign 4\n" name ": mov ip, r7\n\tmovw r7, #" STRING(number) "\n\tsvc #" STRING(KSWI) " + " STRING(number) \
		"\n\tmov r7, ip\n\tbxcc lr\n\trsb r0, r0, #0\n\tbx lr\n");
