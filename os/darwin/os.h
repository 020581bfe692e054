/* darwin. Signals run on their own stack. g is in m->tls[0], which G_OPERAND reaches from
 * where bsd_tls puts the thread pointer: the place that Go takes of a pthread's block. */
#define StackSystem 0

static inline NOSPLIT void settlsg(struct g *gp)
{
	__asm__ volatile("mov %0, " STRING(G_OPERAND) : : "r"(gp) : "memory");
}
