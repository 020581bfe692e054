/* The entry of the plugin `split`: its arguments and where its passes go.
 * Depends on the GCC it was built for and no other. Promises: an error, and no
 * compilation, when the compiler, an option or an argument does not fit.
 */
#include "shared.h"
#include "options.h"
#include "plugin-version.h"

int plugin_is_GPL_compatible;

namespace split {

static plugin_info info = {
	ARCH_NAME,
	"Checks the stack at the start of every function that is not marked nosplit.\n"
	"-fplugin-arg-split-g=OPERAND  where g is, on targets where it has no register",
};

static bool check_version(plugin_gcc_version *running)
{
	if (plugin_default_version_check(running, &gcc_version))
		return true;
	error("plugin split: built for GCC %s %s (%s), but this is GCC %s %s, "
	      "or it is configured differently: build the plugin again",
	      gcc_version.basever, gcc_version.datestamp, ARCH_NAME, running->basever,
	      running->datestamp);
	return false;
}

static bool check_arguments(plugin_name_args *args)
{
	const char *g = NULL;

	for (int i = 0; i < args->argc; i++) {
		const plugin_argument &a = args->argv[i];
		if (strcmp(a.key, "g") != 0) {
			error("plugin split: unknown argument %qs: the only one is %<g%>", a.key);
			return false;
		}
		g = a.value ? a.value : "";
	}
	return check_g(g);
}

static void add_pass(const char *plugin, opt_pass *pass, const char *reference,
		     pass_positioning_ops where)
{
	register_pass_info how = {pass, reference, 1, where};

	register_callback(plugin, PLUGIN_PASS_MANAGER_SETUP, NULL, &how);
}

/* Before any function is set up: only then are the frame counters kept. */
static void count_stack(void *, void *)
{
	flag_stack_usage_info = 1;
}

} // namespace split

int plugin_init(plugin_name_args *args, plugin_gcc_version *running)
{
	using namespace split;
	const char *name = args->base_name;

	if (!check_version(running) || !check_options() || !check_arguments(args))
		return 1;
	count_stack(NULL, NULL);
	register_callback(name, PLUGIN_INFO, NULL, &info);
	register_callback(name, PLUGIN_ATTRIBUTES, register_nosplit, NULL);
	register_callback(name, PLUGIN_START_UNIT, count_stack, NULL);
	register_callback(name, PLUGIN_FINISH_UNIT, write_records, NULL);
	add_pass(name, make_convention_pass(g), "simdclone", PASS_POS_INSERT_AFTER);
	add_pass(name, make_reject_pass(g), "optimized", PASS_POS_INSERT_AFTER);
	add_pass(name, make_live_pass(g), "ira", PASS_POS_INSERT_BEFORE);
	add_pass(name, make_prologue_pass(g), "*free_cfg", PASS_POS_INSERT_BEFORE);
	add_pass(name, make_record_pass(g), "final", PASS_POS_INSERT_AFTER);
	return 0;
}
