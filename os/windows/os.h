/* windows. An exception is reported on the stack on which it happens: its context and the
 * dispatcher's frames lie on the goroutine's, below sp. G_OPERAND, the TEB's
 * ArbitraryUserPointer, keeps g (386), or g0 for foreign code to find (amd64). */
#define StackSystem (512 * PtrSize)

static inline NOSPLIT void settlsg(struct g *gp)
{
	__asm__ volatile("mov %0, " STRING(G_OPERAND) : : "r"(gp) : "memory");
}
