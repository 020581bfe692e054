/* 386 under the System V ABI. g is in thread-local storage: G_OPERAND, data of
 * the OS (os.mk), in C as part of an asm template. */
#define PtrSize 4
#define CallSize 4
#define StackAlign 4
#define BigEndian 0
#define GobufRegs 4	/* ebx ebp esi edi */
#define MoreRegsSize 16 /* nothing: arguments are on the stack */
#define MoreRet 8	/* ebp, then the return into the prologue */
#define ReturnColumn 8
#define StackTop 0xfe000000
#define RegArgs __attribute__((regparm(3)))
#define SpinHint "pause"

#ifndef __ASSEMBLER__
static inline NOSPLIT struct g *getg(void)
{
	struct g *gp;

	__asm__ volatile("movl " STRING(G_OPERAND) ", %0" : "=r"(gp));
	return gp;
}

static inline NOSPLIT void setg(struct g *gp)
{
	__asm__ volatile("movl %0, " STRING(G_OPERAND) : : "r"(gp) : "memory");
}
#endif
