/* Calling conventions. Depends on the macros and functions of GCC's target
 * headers; what a target lacks is left out by its name. Promises: every
 * function that splits is on the standard convention, with the registers of
 * SPLIT_SCRATCH free on entry.
 */
#include "shared.h"
#include "df.h"
#include "output.h"
#include "varasm.h"
#include "options.h"

namespace split {

static bool has(tree decl, const char *attribute)
{
	return lookup_attribute(attribute, DECL_ATTRIBUTES(decl)) ||
	       lookup_attribute(attribute, TYPE_ATTRIBUTES(TREE_TYPE(decl)));
}

/* Attributes that another target gives a meaning to are not there on this one:
 * GCC drops what it does not know. */
const char *reject_convention(tree decl)
{
	static const char *const reasons[][2] = {
		{"naked", "naked function"},
		{"interrupt", "interrupt handler"},
		{"isr", "interrupt handler"},
		{"no_caller_saved_registers", "no_caller_saved_registers, which morestack breaks"},
	};
	for (auto &r : reasons)
		if (has(decl, r[0]))
			return r[1];
#ifdef ix86_regparm
	if (TARGET_64BIT) {
		if (ix86_function_type_abi(TREE_TYPE(decl)) == MS_ABI)
			return "Microsoft calling convention (ms_abi)";
		return NULL;
	}
	tree regparm = lookup_attribute("regparm", TYPE_ATTRIBUTES(TREE_TYPE(decl)));
	if (regparm ? !integer_zerop(TREE_VALUE(TREE_VALUE(regparm)))
		    : ix86_regparm > 0 && !has(decl, "cdecl") && !has(decl, "stdcall"))
		return "arguments in integer registers (regparm)";
	for (const char *name : {"fastcall", "thiscall", "sseregparm"})
		if (has(decl, name))
			return "arguments in registers (fastcall, thiscall or sseregparm)";
	for (tree parm = DECL_ARGUMENTS(decl); parm; parm = DECL_CHAIN(parm)) {
		tree type = DECL_ARG_TYPE(parm);
		if (!AGGREGATE_TYPE_P(type) && VECTOR_MODE_P(TYPE_MODE(type)))
			return "vector parameter in a register, which morestack does not keep";
	}
#endif
#ifdef TARGET_THUMB
	if (TARGET_THUMB)
		return "Thumb code (the prologue is A32: -marm)";
#endif
	return NULL;
}

HOST_WIDE_INT red_zone()
{
#ifdef TARGET_RED_ZONE
	return cfun->machine->frame.red_zone_size;
#else
	return 0;
#endif
}

bool check_options()
{
	bool good = true;

	if (flag_split_stack > 0) {
		error("plugin split: %<-fsplit-stack%> would check the stack a second time: "
		      "leave it out");
		good = false;
	}
	if (POINTER_SIZE_UNITS != (strcmp(SPLIT_WORD, ".quad") ? 4 : 8)) {
		error("plugin split: built for %s, whose words are %qs, but pointers have %d bytes",
		      ARCH_NAME, SPLIT_WORD, (int)POINTER_SIZE_UNITS);
		good = false;
	}
#ifdef ASSEMBLER_DIALECT
	if (ASSEMBLER_DIALECT != 0) {
		error("plugin split: the prologue is in AT&T syntax: leave %<-masm=intel%> out");
		good = false;
	}
#endif
	return good;
}

/* On 386 a static function whose callers are all known may get its arguments in
 * eax, edx, ecx. This runs after the last pass that may change a signature and
 * before the first function is expanded. */
static const pass_data convention_data = {
	SIMPLE_IPA_PASS, "portkit_convention", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class convention_pass : public simple_ipa_opt_pass {
public:
	convention_pass(gcc::context *ctxt) : simple_ipa_opt_pass(convention_data, ctxt) {}
	unsigned int execute(function *) final override
	{
		cgraph_node *node;

		FOR_EACH_FUNCTION(node) {
			node->can_change_signature = false;
			if (!node->alias || !node->definition || node->weakref)
				continue;
			tree target = node->ultimate_alias_target()->decl;
			if (is_nosplit(node->decl) != is_nosplit(target))
				error_at(DECL_SOURCE_LOCATION(node->decl),
					 "%qD is an alias of %qD, but only one of them is NOSPLIT",
					 node->decl, target);
		}
		return 0;
	}
};

opt_pass *make_convention_pass(gcc::context *ctxt)
{
	return new convention_pass(ctxt);
}

/* Before register allocation a hard register that is live on entry is one that
 * the body reads. Later, variables without a value would be there as well. */
static const pass_data live_data = {
	RTL_PASS, "portkit_live", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class live_pass : public rtl_opt_pass {
public:
	live_pass(gcc::context *ctxt) : rtl_opt_pass(live_data, ctxt) {}
	bool gate(function *) final override { return !is_nosplit(current_function_decl); }
	unsigned int execute(function *fun) final override
	{
		df_analyze();
		for (const char *name : {SPLIT_SCRATCH}) {
			int regno = decode_reg_name(name);
			gcc_assert(regno >= 0);
			/* x86 realignment: the prologue sets it, after the check. */
			if (crtl->drap_reg && REGNO(crtl->drap_reg) == (unsigned)regno)
				continue;
			if (!REGNO_REG_SET_P(DF_LR_OUT(ENTRY_BLOCK_PTR_FOR_FN(fun)), regno))
				continue;
			std::string why = std::string("register ") + name +
					  " is live on entry, and the check needs it";
			reject(why.c_str(), "mark it NOSPLIT or do not read that register");
		}
		return 0;
	}
};

opt_pass *make_live_pass(gcc::context *ctxt)
{
	return new live_pass(ctxt);
}

} // namespace split
