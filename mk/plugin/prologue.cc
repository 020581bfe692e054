/* Inserts the prologue. Depends on the CFG (it runs just before it is freed),
 * so that the check is on the entry edge whatever the first block is. Promises:
 * exactly one check in every function that is neither NOSPLIT nor a small leaf,
 * and a record of every function. A leaf that ends in a tail call is a leaf: its
 * frame is gone by then, and what it jumps to has a check of its own.
 */
#include "shared.h"
#include "df.h"
#include "output.h"
#include "varasm.h"
#include "cfgrtl.h"
#include "regs.h"
#include "options.h"

namespace split {

static void insert(const std::string &text)
{
	std::vector<rtx> parts;
	rtx body = gen_rtx_ASM_OPERANDS(VOIDmode, ggc_strdup(text.c_str()), "", 0, rtvec_alloc(0),
					rtvec_alloc(0), rtvec_alloc(0), UNKNOWN_LOCATION);

	MEM_VOLATILE_P(body) = 1;
	parts.push_back(body);
	for (const char *name : {SPLIT_CLOBBER}) {
		int regno = decode_reg_name(name);
		if (regno >= 0) /* "cc" is no register on some targets */
			parts.push_back(gen_hard_reg_clobber(reg_raw_mode[regno], regno));
	}
	start_sequence();
	emit_insn(gen_rtx_PARALLEL(VOIDmode, gen_rtvec_v(parts.size(), parts.data())));
	rtx_insn *sequence = get_insns();
	end_sequence();
	insert_insn_on_edge(sequence, single_succ_edge(ENTRY_BLOCK_PTR_FOR_FN(cfun)));
	commit_edge_insertions();
}

static void check_limits(const frame &f)
{
	static char why[160];

	if (f.unbounded)
		reject("the size of its frame is not known (alloca)",
		       "mark it NOSPLIT or use arrays of constant size");
	if (f.bytes > PackFrameMax) {
		snprintf(why, sizeof why, "frame of %ld bytes, above the limit of %ld",
			 (long)f.bytes, (long)PackFrameMax);
		reject(why, "allocate its largest variables elsewhere");
	}
	if (f.arg_bytes > (HOST_WIDE_INT)PackArgMask * UNITS_PER_WORD) {
		snprintf(why, sizeof why, "%ld bytes of stack arguments, above the limit of %ld",
			 (long)f.arg_bytes, (long)PackArgMask * UNITS_PER_WORD);
		reject(why, "mark it NOSPLIT or pass a pointer");
	}
	if (f.pops > 0xffff) /* the operand of ret */
		reject("it pops more than 65535 bytes of arguments",
		       "mark it NOSPLIT or pass a pointer");
}

/* With -fipa-ra a caller would trust registers that morestack changes. */
static void check_ipa_ra()
{
	static bool said;

	if (!said && opt_for_fn(current_function_decl, flag_ipa_ra)) {
		error_at(DECL_SOURCE_LOCATION(current_function_decl),
			 "plugin split: %<-fipa-ra%> does not know what morestack changes: "
			 "add %<-fno-ipa-ra%>");
		said = true;
	}
}

static const pass_data prologue_data = {
	RTL_PASS, "portkit_prologue", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class prologue_pass : public rtl_opt_pass {
public:
	prologue_pass(gcc::context *ctxt) : rtl_opt_pass(prologue_data, ctxt) {}
	unsigned int execute(function *fun) final override
	{
		frame f = measure();

		if (is_nosplit(fun->decl)) {
			set_record(f, 0, FuncNosplit);
			return 0;
		}
		check_limits(f);
		check_ipa_ra();
		if (rejected())
			return 0;
		if (crtl->is_leaf && f.bytes + CALL_SIZE <= StackSmall) {
			set_record(f, 0, FuncLeaf);
			return 0;
		}
		df_analyze();
		insert(prologue(f));
		set_record(f, pack(f), FuncSplit);
		return 0;
	}
};

opt_pass *make_prologue_pass(gcc::context *ctxt)
{
	return new prologue_pass(ctxt);
}

} // namespace split
