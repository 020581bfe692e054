/* netbsd/arm: arm/mcontext.h */
enum { ContextSP = 88, ContextPC = 96 };

/* fn(mp) is what runs when the context is resumed. */
static inline NOSPLIT void netbsd_call(char *context, uintptr_t sp, void (*fn)(struct m *mp), struct m *mp)
{
	enum { ContextR0 = 36 };

	*(uintptr_t *)(context + ContextSP) = sp;
	*(void **)(context + ContextPC) = (void *)fn;
	*(void **)(context + ContextR0) = mp;
}
