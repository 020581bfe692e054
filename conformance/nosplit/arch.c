/*
 * arch.c - which architectures there are. A new one is a file of its own and a line here.
 */
#include "nosplit.h"

const struct arch *arch_of(int machine, int class)
{
	static const struct arch *const all[] = {&arch_amd64, &arch_386, &arch_arm, &arch_arm64};
	size_t i;

	for (i = 0; i < nelem(all); i++)
		if (all[i]->machine == machine && all[i]->class == class)
			return all[i];
	return NULL;
}
