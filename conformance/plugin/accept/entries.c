/* The shortest entry of morestack that fits. */
/* has all none: leaq \.Lbody0\(%rip\), %r10; jmp morestack00;|call morestack00; ret \$0;|bl morestack00; */
/* not all none: r11d; call|\$[0-9]+, %eax; call|movw */
/* has all two: morestack8; */
/* not all two: movl \$[0-9]+, %(r11d|eax); call|movw */
/* has all six: morestack24; */
/* has all twelve: morestack48; */
/* has amd64 many: movl \$15, %r11d; leaq \.Lbody[0-9]+\(%rip\), %r10; jmp morestack01; */
/* has 386 many: movl \$14, %eax; call morestack01; */
/* has arm many: movw ip, #15; str lr, \[sp, #-4\]!; bl morestack01; */
/* has arm64 many: mov x16, #15; stp x16, x30, \[sp, #-16\]!; bl morestack01; */
/* has amd64,arm,arm64 big: morestack10; */
/* has 386 big: movl \$[0-9]+, %eax; call morestack11; */
/* has amd64,arm,arm64 both: morestack11; */
/* has 386 one: movl \$1, %eax; call morestack01; */
/* has 386 popped: call morestack8; ret \$8; */
/* has 386 hidden: call morestack01; ret \$4; */
/* has amd64 hidden: leaq \.Lbody7\(%rip\), %r10; jmp morestack00; */
#if defined __aarch64__
#define R long a1, long a2, long a3, long a4, long a5, long a6, long a7, long a8,
#define RV 1, 2, 3, 4, 5, 6, 7, 8,
#define W long
#elif defined __x86_64__
#define R long a1, long a2, long a3, long a4, long a5, long a6,
#define RV 1, 2, 3, 4, 5, 6,
#define W long
#elif defined __arm__
#define R long a1, long a2, long a3, long a4,
#define RV 1, 2, 3, 4,
#define W long
#else
#define R
#define W long
#endif
#if __SIZEOF_POINTER__ == 8
#define TWO W b
#define SIX W b, W c, W d
#define TWELVE W b, W c, W d, W e, W f, W g
#else
#define TWO W b, W c
#define SIX W b, W c, W d, W e, W f, W g
#define TWELVE SIX, W h, W i, W j, W k, W l, W m
#endif
void ext(void *);
void none(void) { ext(0); ext(0); }
void two(R TWO) { ext(0); ext((void *)b); }
void six(R SIX) { ext(0); ext((void *)b); }
void twelve(R TWELVE) { ext(0); ext((void *)b); }
void many(R long z[], W o, W p, W q, W r, W s, W t, W u, W v, W w, W x, W y, W b, W c
#if !defined __i386__
	, W dd
#endif
) { ext(0); ext((void *)c); }
void big(
#ifdef __i386__
	int a
#else
	void
#endif
) { char buf[1000]; ext(buf); ext(0); }
void both(R W b) { char buf[1000]; ext(buf); ext((void *)b); }
#ifdef __i386__
void one(int a) { ext(0); ext((void *)a); }
__attribute__((stdcall)) void popped(int a, int b) { ext(0); ext((void *)(a + b)); }
#endif
struct large { long a[8]; };
struct large hidden(void) { struct large l; ext(&l); return l; }
