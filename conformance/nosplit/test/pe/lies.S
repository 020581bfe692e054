/* Says that its frame has 56 bytes, and takes 40. */
	.globl lies
	.def lies; .scl 2; .type 32; .endef
	.seh_proc lies
lies:
	subq $40, %rsp
	.seh_stackalloc Size
	.seh_endprologue
	movq %rsp, %rcx
	call leaf
	addq $40, %rsp
	ret
	.seh_endproc
