/* The split prologue of amd64. g is in r14, stackguard0 at offset 0 of g.
 * {N} frame beyond StackSmall, {V} value of the packed register, {STUB}
 * morestack entry. Functions never pop arguments here, so that morestack may
 * return to the caller by itself: it is told the body in r10 and jumped to. */
#define SPLIT_SCRATCH "r11", "r10", "ax" /* free on entry: the check or morestack uses them */
#define SPLIT_CLOBBER "r11", "flags"
#define SPLIT_WORD ".quad"
#define SPLIT_SMALL "cmpq\t(%%r14), %%rsp\n\tjbe\t.Lsplit{ID}\n.Lbody{ID}:"
#define SPLIT_LARGE "leaq\t-{N}(%%rsp), %%r11\n\tcmpq\t(%%r14), %%r11\n\tjbe\t.Lsplit{ID}\n.Lbody{ID}:"
/* A frame that sp may be smaller than: nothing is below 64 KiB, on any system. */
#define SPLIT_HUGE_FRAME 0xffff
#define SPLIT_HUGE \
	"movq\t(%%r14), %%r11\n\taddq\t${N}, %%r11\n\tcmpq\t%%r11, %%rsp\n\tjbe\t.Lsplit{ID}\n.Lbody{ID}:"
#define SPLIT_ROUND(n) (n)
#define SPLIT_LOAD(v) "movl\t${V}, %%r11d\n\t"
#define SPLIT_CALL "leaq\t.Lbody{ID}(%rip), %r10\n\tjmp\t{STUB}\n"
#define SPLIT_CALL_CFI SPLIT_CALL
/* The slow path is away from the function, so that a check that passes takes no
 * branch. {ID} is a number of the function's own. */
#define SPLIT_AWAY
