/* The attribute `nosplit` (NOSPLIT in C): a function that never checks the
 * stack. Depends on GCC's attribute tables. Promises: an error wherever it is
 * not on a function; clones and parts of a nosplit function are nosplit; it is
 * never merged with another function.
 */
#include "shared.h"

namespace split {

static tree handle_nosplit(tree *node, tree name, tree args, int flags, bool *no_add)
{
	const int next = ATTR_FLAG_DECL_NEXT | ATTR_FLAG_FUNCTION_NEXT | ATTR_FLAG_ARRAY_NEXT;

	if (TYPE_P(*node) && (flags & next)) { /* `void *NOSPLIT f(void)`: meant for f */
		*no_add = true;
		return tree_cons(name, args, NULL_TREE);
	}
	if (TREE_CODE(*node) != FUNCTION_DECL) {
		error("attribute %qE applies to functions only", name);
		*no_add = true;
		return NULL_TREE;
	}
	/* Identical code folding would make an alias of one that checks and one
	 * that does not. */
	if (!lookup_attribute("no_icf", DECL_ATTRIBUTES(*node)))
		DECL_ATTRIBUTES(*node) =
			tree_cons(get_identifier("no_icf"), NULL_TREE, DECL_ATTRIBUTES(*node));
	return NULL_TREE;
}

static const attribute_spec nosplit_spec = {
	"nosplit", 0, 0, false, false, false, false, handle_nosplit, NULL,
};

void register_nosplit(void *, void *)
{
	register_attribute(&nosplit_spec);
}

bool is_nosplit(tree decl)
{
	for (;;) {
		if (lookup_attribute("nosplit", DECL_ATTRIBUTES(decl)))
			return true;
		tree origin = DECL_ABSTRACT_ORIGIN(decl);
		if (origin == NULL_TREE || origin == decl || TREE_CODE(origin) != FUNCTION_DECL)
			break;
		decl = origin;
	}
	cgraph_node *node = cgraph_node::get(decl);
	return node && node->clone_of && is_nosplit(node->clone_of->decl);
}

} // namespace split
