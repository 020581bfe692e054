/* The BSDs. Signals run on their own stack. */
#define StackSystem 0

/* In the thread-local storage of ELF. */
#define TLS_G
extern _Thread_local struct g *g __attribute__((tls_model("local-exec")));

static inline NOSPLIT void settlsg(struct g *gp)
{
	g = gp;
}
