/* The split prologue of 386. {G} is the operand that holds g: data of the OS
 * (os.mk), stackguard0 is at offset 0 of g. {N} frame beyond StackSmall, {V}
 * value of the packed register, {STUB} morestack entry, {POPS} bytes of
 * arguments that the function pops. */
#define SPLIT_SCRATCH "ax", "cx", "dx" /* free on entry: the check or morestack uses it */
#define SPLIT_CLOBBER "ax", "flags"
#define SPLIT_WORD ".long"
#define SPLIT_SMALL "movl\t{G}, %%eax\n\tcmpl\t(%%eax), %%esp\n\tjbe\t.Lsplit{ID}\n.Lbody{ID}:"
#define SPLIT_LARGE \
	"movl\t{G}, %%eax\n\tmovl\t(%%eax), %%eax\n\taddl\t${N}, %%eax\n\tcmpl\t%%eax, %%esp\n\tjbe\t.Lsplit{ID}\n.Lbody{ID}:"
#define SPLIT_ROUND(n) (n)
#define SPLIT_LOAD(v) "movl\t${V}, %%eax\n\t"
#define SPLIT_CALL "call\t{STUB}\n\tret\t${POPS}\n\t.long\t.Lbody{ID} - . + 3\n"
#define SPLIT_CALL_CFI SPLIT_CALL
/* The slow path is away from the function, so that a check that passes takes no
 * branch. {ID} is a number of the function's own. */
#define SPLIT_AWAY
