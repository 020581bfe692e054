/* netbsd/amd64: amd64/mcontext.h */
enum { ContextSP = 248, ContextPC = 224 };

/* fn(mp) is what runs when the context is resumed. */
static inline NOSPLIT void netbsd_call(char *context, uintptr_t sp, void (*fn)(struct m *mp), struct m *mp)
{
	enum { ContextRDI = 56 };

	*(uintptr_t *)(context + ContextSP) = sp - 8; /* as if it was called; nobody knows the return address */
	*(void **)(context + ContextPC) = (void *)fn;
	*(void **)(context + ContextRDI) = mp;
}
