/* Plan 9. A note comes on the stack that runs: what the kernel leaves free there, struct
 * Ureg, the note's text (ERRMAX), and the arguments of its handler. */
#define StackSystem (PtrSize == 8 ? 640 : 512)

/* os.mk: in the stack segment, which each process has its own of, far below the stack. */
#define plan9_g (*(struct g *volatile *)G_OPERAND)

static inline NOSPLIT void settlsg(struct g *gp)
{
	plan9_g = gp;
}
