/* For arch.h, where a register holds g, which the compiler is told to leave alone. */
#define G_IN_REGISTER(GETG, SETG, REG)                                                             \
	register struct g *greg __asm__(REG);                                                      \
	static inline NOSPLIT struct g *GETG(void)                                                 \
	{                                                                                          \
		return greg;                                                                       \
	}                                                                                          \
	static inline NOSPLIT void SETG(struct g *gp)                                              \
	{                                                                                          \
		greg = gp;                                                                         \
	}
