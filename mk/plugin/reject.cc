/* Functions that cannot run on a segmented stack. Depends on gimple as it is
 * just before expansion, so that inlined bodies are seen. Promises: an error
 * at the function, naming it, the reason and what to do. NOSPLIT functions
 * never change stacks and are not looked at.
 */
#include "shared.h"
#include "basic-block.h"
#include "gimple-iterator.h"
#include "target.h"
#include "options.h"

namespace split {

static int rejected_no = -1; /* funcdef_no of the function that was rejected last */

void reject(const char *why, const char *instead)
{
	if (rejected())
		return;
	rejected_no = cfun->funcdef_no;
	error_at(DECL_SOURCE_LOCATION(current_function_decl),
		 "function %qD cannot split the stack: %s; %s", current_function_decl, why,
		 instead);
}

bool rejected()
{
	return rejected_no == cfun->funcdef_no;
}

static void reject_builtin(gcall *call)
{
	switch (DECL_FUNCTION_CODE(gimple_call_fndecl(call))) {
	CASE_BUILT_IN_ALLOCA:
		reject("alloca or variable-length array",
		       "mark it NOSPLIT or use an array of constant size");
		break;
	case BUILT_IN_RETURN_ADDRESS:
		reject("__builtin_return_address, which may be that of lessstack",
		       "mark it NOSPLIT or have the caller pass its address");
		break;
	case BUILT_IN_FRAME_ADDRESS:
		if (!integer_zerop(gimple_call_arg(call, 0)))
			reject("__builtin_frame_address above 0, which may be in another segment",
			       "mark it NOSPLIT or have the caller pass its address");
		break;
	case BUILT_IN_DWARF_CFA:
		reject("__builtin_dwarf_cfa, which may be in another segment",
		       "mark it NOSPLIT or have the caller pass its address");
		break;
	case BUILT_IN_APPLY_ARGS:
	case BUILT_IN_APPLY:
	case BUILT_IN_RETURN:
		reject("__builtin_apply_args, __builtin_apply or __builtin_return",
		       "mark it NOSPLIT or call the function by its type");
		break;
	case BUILT_IN_EH_RETURN:
	case BUILT_IN_UNWIND_INIT:
		reject("__builtin_eh_return or __builtin_unwind_init",
		       "mark it NOSPLIT or write it in assembly");
		break;
	case BUILT_IN_SETJMP:
	case BUILT_IN_SETJMP_SETUP:
	case BUILT_IN_SETJMP_RECEIVER:
	case BUILT_IN_LONGJMP:
	case BUILT_IN_NONLOCAL_GOTO:
	case BUILT_IN_UPDATE_SETJMP_BUF:
		reject("__builtin_setjmp, __builtin_longjmp or a nonlocal goto, "
		       "which would skip lessstack",
		       "mark it NOSPLIT or use gosave and gogo");
		break;
	default:
		break;
	}
}

/* gimple_call_builtin_p wants exact types of arguments, and the return address that
 * -finstrument-functions asks for has an int. So has the CFA that a function with
 * nested ones notes down, but that is no matter: it is not to find a caller. */
static bool is_builtin(gimple *stmt)
{
	tree callee = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;

	return callee && fndecl_built_in_p(callee, BUILT_IN_NORMAL) &&
	       (gimple_call_builtin_p(stmt, BUILT_IN_NORMAL) ||
		DECL_FUNCTION_CODE(callee) != BUILT_IN_DWARF_CFA);
}

static void reject_signature(tree decl)
{
	if (cfun->stdarg || stdarg_p(TREE_TYPE(decl)))
		reject("variadic, and only arguments of a known size are copied",
		       "mark it NOSPLIT or pass a pointer to the arguments");
	if (DECL_STATIC_CHAIN(decl))
		reject("nested function that uses a static chain",
		       "mark it NOSPLIT or move it out of its function");
	if (cfun->has_nonlocal_label)
		reject("nonlocal label, and a goto to it would skip lessstack",
		       "mark it NOSPLIT or return a value instead");
	if (profile_flag && !DECL_NO_INSTRUMENT_FUNCTION_ENTRY_EXIT(decl))
		reject("profiling (-pg), whose call comes before the check",
		       "mark it NOSPLIT or compile without -pg");
	for (tree parm = DECL_ARGUMENTS(decl); parm; parm = DECL_CHAIN(parm)) {
		tree type = DECL_ARG_TYPE(parm);
		if (targetm.calls.function_arg_boundary(TYPE_MODE(type), type) > 128)
			reject("parameter aligned to more than 16 bytes",
			       "mark it NOSPLIT or pass a pointer");
	}
	if (const char *why = reject_convention(decl))
		reject(why, "mark it NOSPLIT or use the standard convention");
}

static const pass_data reject_data = {
	GIMPLE_PASS, "portkit_reject", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class reject_pass : public gimple_opt_pass {
public:
	reject_pass(gcc::context *ctxt) : gimple_opt_pass(reject_data, ctxt) {}
	bool gate(function *) final override { return !is_nosplit(current_function_decl); }
	unsigned int execute(function *fun) final override
	{
		basic_block bb;

		FOR_EACH_BB_FN(bb, fun)
			for (gimple_stmt_iterator i = gsi_start_bb(bb); !gsi_end_p(i); gsi_next(&i))
				if (is_builtin(gsi_stmt(i)))
					reject_builtin(as_a<gcall *>(gsi_stmt(i)));
		reject_signature(fun->decl);
		return 0;
	}
};

opt_pass *make_reject_pass(gcc::context *ctxt)
{
	return new reject_pass(ctxt);
}

} // namespace split
