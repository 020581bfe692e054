# The stack budgets: what nosplit finds in an image that holds the kit and nothing else, of
# each port with each sleep layer, and at -O0, which has limits of its own (core/stack.h).

BUDGETTEST := conformance/budget/B01-chains.c
ALLBUDGETS := $(filter-out %-O1 %-Os %-O3,$(VARIANTS))
BUDGETS := $(foreach b,$(ALLBUDGETS),$(if $(call absent_of,$b),,$b))
budget_of = $(OUT)/$(1)/budget/kit$($(call os_of,$(1)).imagesuffix)
budgetlabel = $(call os_of,$(1))/$(call arch_of,$(1))$(patsubst %,-%,$(call variant_of,$(1)))
baseline_of = conformance/nosplit/baseline/$(call arch_of,$(1))-$(call os_of,$(1)).tsv

# $1 build
define BUDGETIMAGE
$(call budget_of,$(1)): $(OUT)/$(1)/$(BUDGETTEST:.c=.o) $(OUT)/$(1)/contract.ok
	@mkdir -p $$(@D)
	$$(Q)$(call triple_of,$(1))-gcc $(call ldflags_of,$(1)) $$(filter %.o,$$^) $$($(1).obj) $($(call os_of,$(1)).libs) -o $$@
endef
$(foreach b,$(VARIANTS),$(eval $(call BUDGETIMAGE,$b)))
BUDGETIMAGES := $(if $(filter-out B01,$(ONLY_TEST)),,$(foreach b,$(BUDGETS),$(call budget_of,$b)))

# Rows of the suite: nothing is run, so that they are static ones.
budgetline = $(call os_of,$(1))/$(call arch_of,$(1))$(TAB)$(or $(call variant_of,$(1)),$(call sleep_of,$(1)))$(TAB)static$(TAB)budget$(TAB)B01$(TAB)$(BUDGETTEST)$(TAB)$(LIMIT)$(TAB)$(if $(call absent_of,$(1)),conformance/skip.sh B01 $(call absent_of,$(1)),conformance/budget/run.sh $(NOSPLIT) $(call budgetlabel,$(1)) $(call budget_of,$(1)) $(call baseline_of,$(1)))$(NL)
budgetlines = $(if $(filter-out B01,$(ONLY_TEST)),,$(foreach b,$(ALLBUDGETS),$(call budgetline,$b)))

.PHONY: budget budget-baseline
budget: $(BUDGETIMAGES) $(NOSPLIT)
	@mkdir -p $(REPORT)
	$(Q)$(foreach b,$(BUDGETS),$(NOSPLIT) report --label $(call budgetlabel,$b) --format html -o $(REPORT)/budget-$b.html $(call budget_of,$b) && \
		$(NOSPLIT) report --label $(call budgetlabel,$b) $(call budget_of,$b) &&) :

# After a change that was meant: its diff is to be read, and committed with the change.
budget-baseline: $(BUDGETIMAGES) $(NOSPLIT)
	@mkdir -p $(dir $(call baseline_of,$(firstword $(PORTS)))) $(PLAN)
	$(Q)$(foreach p,$(PRESENT),$(foreach b,$(filter $p $p-%,$(BUDGETS)),$(NOSPLIT) check --label $(call budgetlabel,$b) --write-baseline $(PLAN)/$b.tsv $(call budget_of,$b) &&) \
		{ head -n 1 $(PLAN)/$p.tsv; grep -hv '^#' $(foreach b,$(filter $p $p-%,$(BUDGETS)),$(PLAN)/$b.tsv); } >$(call baseline_of,$p) &&) :
