/* The split prologue of arm (A32). g is in r10, stackguard0 at offset 0 of g.
 * {N} frame beyond StackSmall, {V} value of the packed register ({VLO}, {VHI}
 * its halves), {STUB} morestack entry. The word at sp keeps lr alive across
 * bl; it carries no size. */
#define SPLIT_SCRATCH "ip" /* free on entry: the check or morestack uses it */
#define SPLIT_CLOBBER "ip", "cc"
#define SPLIT_WORD ".word"
#define SPLIT_SMALL "ldr\tip, [r10]\n\tcmp\tsp, ip\n\tbhi\t1f\n\t"
#define SPLIT_LARGE "ldr\tip, [r10]\n\tadd\tip, ip, #{N}\n\tcmp\tsp, ip\n\tbhi\t1f\n\t"
/* add takes 8 bits at an even shift: N is rounded up to the next such value. */
#define SPLIT_ROUND(n) split_round(n)
static inline unsigned split_round(unsigned n)
{
	unsigned shift = 0;
	while ((n + (1u << shift) - 1) >> shift > 255)
		shift += 2;
	return (n + (1u << shift) - 1) >> shift << shift;
}
#define SPLIT_LOAD(v) ((v) > 0xffff ? "movw\tip, #{VLO}\n\tmovt\tip, #{VHI}\n\t" : "movw\tip, #{VLO}\n\t")
#define SPLIT_CALL "str\tlr, [sp, #-4]!\n\tbl\t{STUB}\n\tldr\tpc, [sp], #4\n1:"
#define SPLIT_CALL_CFI                                                                             \
	"str\tlr, [sp, #-4]!\n\t.cfi_adjust_cfa_offset 4\n\t.cfi_rel_offset lr, 0\n\t"             \
	"bl\t{STUB}\n\tldr\tpc, [sp], #4\n\t.cfi_adjust_cfa_offset -4\n\t.cfi_restore lr\n1:"
