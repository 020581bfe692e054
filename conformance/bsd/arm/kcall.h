#define KCALL(name, number)                                                                            \
	__asm__(".text\n.balign 4\n" name ": svc #" STRING(KSWI) " + " STRING(number) "\n\tbxcc lr\n\trsb r0, r0, #0\n\tbx lr\n");
