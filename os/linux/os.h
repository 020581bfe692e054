/* linux. Signals run on their own stack. */
#define StackSystem 0

/* Not g: programs have names of their own. */
extern _Thread_local struct g *rt_g __attribute__((tls_model("local-exec")));

static inline NOSPLIT void settlsg(struct g *gp)
{
	rt_g = gp;
}
