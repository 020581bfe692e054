# What the analyzer says, held against runs: all builds in make truth, a few in make check.

NOSPLIT_TRACE := $(TOOLDIR)/nosplit-trace
NOSPLIT_MEASURE := $(TOOLDIR)/nosplit-measure
$(eval $(call HOSTTOOL,nosplit-trace,$(wildcard $(NOSPLITDIR)/test/truth/*.c),-lelf -lZydis -lcapstone))
$(eval $(call HOSTTOOL,nosplit-measure,$(filter-out $(NOSPLITDIR)/main.c,$(NOSPLITSRC)) $(NOSPLITDIR)/test/measure.c,-I$(NOSPLITDIR) $(NOSPLITLIBS)))

nosplit_arch_lines += $(if $(wildcard $(NOSPLITDIR)/test/truth/prog/$(1)),$(call nosplit_host,truth-$(1),truth/run.sh,600,$(1) $(NOSPLIT_TRACE) $(NOSPLIT_MEASURE) quick))
check: $(NOSPLIT_TRACE) $(NOSPLIT_MEASURE)

#: make truth               depths that nosplit gives beside those of runs under qemu-user (ARCH=386)
.PHONY: truth
truth: $(NOSPLIT_TRACE) $(NOSPLIT_MEASURE)
	$(Q)s=0; for a in $(foreach a,$(LINUX_ARCHS),$(if $(wildcard $(NOSPLITDIR)/test/truth/prog/$a),$a)); do $(NOSPLITDIR)/test/truth/run.sh $$a $(NOSPLIT_TRACE) $(NOSPLIT_MEASURE) || s=1; done; exit $$s
