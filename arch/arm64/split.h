/* The split prologue of arm64. g is in x28, stackguard0 at offset 0 of g. {N} frame beyond
 * StackSmall, {V} value of the packed register ({VLO}, {VHI} its halves), {STUB} morestack
 * entry. The words at sp keep x30 alive across bl, behind the one that the stack's alignment
 * wants; they carry no size. */
#define SPLIT_SCRATCH "x16" /* free on entry: the check or morestack uses it */
#define SPLIT_CLOBBER "x16", "x17", "cc"
#define SPLIT_WORD ".quad"
#define SPLIT_SMALL "ldr\tx16, [x28]\n\tcmp\tsp, x16\n\tb.hi\t1f\n\t"
#define SPLIT_LARGE "ldr\tx16, [x28]\n\tadd\tx16, x16, #{N}\n\tcmp\tsp, x16\n\tb.hi\t1f\n\t"
/* add takes 12 bits, or 12 bits in front of 12 zeroes: N is rounded up to such a value. */
#define SPLIT_ROUND(n) ((n) < 4096 ? (n) : ((n) + 4095) / 4096 * 4096)
#define SPLIT_LOAD(v) ((v) > 0xffff ? "mov\tx16, #{VLO}\n\tmovk\tx16, #{VHI}, lsl #16\n\t" : "mov\tx16, #{VLO}\n\t")
#define SPLIT_CALL "stp\tx16, x30, [sp, #-16]!\n\tbl\t{STUB}\n\tldp\tx16, x30, [sp], #16\n\tret\n1:"
#define SPLIT_CALL_CFI                                                                                \
	"stp\tx16, x30, [sp, #-16]!\n\t.cfi_adjust_cfa_offset 16\n\t.cfi_rel_offset x30, 8\n\t"       \
	"bl\t{STUB}\n\tldp\tx16, x30, [sp], #16\n\t.cfi_adjust_cfa_offset -16\n\t.cfi_restore x30\n\tret\n1:"
