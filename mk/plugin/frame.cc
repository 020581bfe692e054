/* The size of a frame. Depends on flag_stack_usage_info, on the prologue
 * having been generated and on REG_ARGS_SIZE notes. Promises: the number of
 * bytes from the lowest sp of the body (its calls' own pushes left out) up to
 * the CFA, never less. What GCC 12 counts as static stack size:
 *	x86	from the argument pointer (= CFA) down: the return address is in it;
 *		a leaf without a frame has 8 (amd64), 4 (386)
 *	arm	from sp at entry (= CFA) down: the saved lr is in it, the area for
 *		arguments that are passed partly in registers (or by `...`) is not;
 *		a leaf without a frame has 0
 *	arm64	from sp at entry (= CFA) down: x30, saved near the other end, is in it
 */
#include "shared.h"
#include "basic-block.h"
#include "explow.h"
#include "insn-constants.h"

namespace split {

/* Arguments that are pushed one by one (x86 without
 * -maccumulate-outgoing-args). The counter of GCC is kept by the calls, the
 * notes by every push: take the larger. */
static HOST_WIDE_INT pushed()
{
	HOST_WIDE_INT most = current_function_pushed_stack_size.to_constant();

	for (rtx_insn *insn = get_insns(); insn; insn = NEXT_INSN(insn)) {
		rtx note = INSN_P(insn) ? find_reg_note(insn, REG_ARGS_SIZE, NULL_RTX) : NULL_RTX;
		if (note)
			most = MAX(most, get_args_size(note).to_constant());
	}
	return most;
}

/* Bytes from the CFA down to the return address, where it is not the word below. */
static HOST_WIDE_INT return_address()
{
#ifdef R30_REGNUM
	const auto &layout = cfun->machine->frame;
	HOST_WIDE_INT at = layout.reg_offset[R30_REGNUM].to_constant();

	return at < 0 ? 0 : layout.hard_fp_offset.to_constant() - at;
#else
	return 0;
#endif
}

frame measure()
{
	frame f = {};
	HOST_WIDE_INT fixed = current_function_static_stack_size, push = pushed();

	/* What a function stores itself just below its stack arguments (arm) is
	 * in this size as well. */
	f.arg_bytes = crtl->args.size.to_constant() - crtl->args.pretend_args_size;
	f.pops = crtl->args.pops_args.to_constant();
	if (lookup_attribute("naked", DECL_ATTRIBUTES(current_function_decl))) {
		/* No prologue has set it, and assembly does what it likes. */
		f.bytes = CALL_SIZE;
		f.dynamic = f.unbounded = true;
		return f;
	}
	f.bytes = fixed + push + red_zone() + crtl->args.pretend_args_size;
	/* Over-aligned locals where GCC cannot realign (arm), and realignment
	 * with a DRAP register (x86), are in here. */
	f.bytes += current_function_dynamic_stack_size;
	if (crtl->stack_realign_needed && !crtl->need_drap)
		f.bytes += crtl->stack_alignment_needed / BITS_PER_UNIT;
	f.ret = return_address();
	f.unbounded = current_function_has_unbounded_dynamic_stack_size;
	/* Pushes: sp at a call depends on what that call was passed. */
	f.dynamic = f.unbounded || push != 0 || crtl->stack_realign_needed || cfun->calls_alloca ||
		    current_function_dynamic_stack_size != 0;
	return f;
}

} // namespace split
