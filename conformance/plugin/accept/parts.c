/* Partial inlining: the part of a nosplit function is nosplit. */
/* levels: -O2 */
/* record all slow.part.0: [0-9]+ 0 3 */
/* not all slow.part.0: morestack */
/* has all slow.part.0: . */
/* record all loud.part.0: [0-9]+ [0-9]+ 1 */
#define NOSPLIT __attribute__((nosplit))
void ext(int);
#define BODY                                                                                       \
	{                                                                                          \
		if (a == 0)                                                                        \
			return;                                                                    \
		for (int i = 0; i < a; i++) {                                                      \
			ext(i), ext(a), ext(i + a), ext(i - a), ext(i * a), ext(i / a);            \
			ext(i), ext(a), ext(i + a), ext(i - a), ext(i * a), ext(i | a);            \
		}                                                                                  \
	}
NOSPLIT void slow(int a) BODY
void loud(int a) BODY
void f(int a) { slow(a); slow(a + 1); slow(a + 2); }
void h(int a) { loud(a); loud(a + 1); loud(a + 2); }
