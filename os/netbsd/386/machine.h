/* netbsd/386: i386/mcontext.h */
enum { ContextSP = 104, ContextPC = 92 };

/* fn(mp) is what runs when the context is resumed. */
static inline NOSPLIT void netbsd_call(char *context, uintptr_t sp, void (*fn)(struct m *mp), struct m *mp)
{
	((struct m **)sp)[-3] = mp; /* the argument, and below it where the return address is */
	*(uintptr_t *)(context + ContextSP) = sp - 16;
	*(void **)(context + ContextPC) = (void *)fn;
}
