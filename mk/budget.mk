# The stack budgets: what nosplit (conformance/nosplit) finds in an image that holds the
# kit and nothing else. Of each port with each sleep layer, and at -O0, which has limits of
# its own (core/stack.h).

BUDGETS := $(filter-out %-O1 %-Os %-O3,$(VARIANTS))
budget_of = $(OUT)/$(1)/budget/kit

# $1 build
define BUDGETIMAGE
$(call budget_of,$(1)): $(OUT)/$(1)/conformance/budget/kit.o $(OUT)/$(1)/contract.ok
	@mkdir -p $$(@D)
	$$(Q)$($(call arch_of,$(1)).triple)-gcc $($(call arch_of,$(1)).cflags) $($(call os_of,$(1)).ldflags) $$(filter %.o,$$^) $$($(1).obj) -o $$@
endef
$(foreach b,$(VARIANTS),$(eval $(call BUDGETIMAGE,$b)))
