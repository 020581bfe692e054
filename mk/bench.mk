# The bench: measuring programs over the kit, for ports that this machine runs
# natively, and the peer of hot splits, a hosted program under gcc's -fsplit-stack.
# conformance/bench/rows says which figures are made of what they print.

BENCHDIR := conformance/bench
BENCH_RUNS ?= 9
BENCH_PORTS := $(filter $(patsubst $(BENCHDIR)/%/floor.S,%-linux,$(wildcard $(BENCHDIR)/*/floor.S)),$(PORTS))
BENCH_PEERS := $(filter amd64-linux 386-linux,$(BENCH_PORTS)) # -fsplit-stack is of x86 only
bench_images = $(foreach i,calls sched foreign wake idle,$(OUT)/$(1)/bench/$i) $(if $(filter $(1),$(BENCH_PEERS)),$(OUT)/$(1)/bench/libgcc)

$(eval $(call HOSTTOOL,bench,$(wildcard $(BENCHDIR)/tool/*.c)))

# $1 port, $2 arch
define BENCHIMAGES
$(OUT)/$(1)/$(BENCHDIR)/%: define := -I$(BENCHDIR)/$(2)
$(foreach i,calls sched foreign wake idle,$(OUT)/$(1)/bench/$i): $(OUT)/$(1)/bench/%: $(OUT)/$(1)/$(BENCHDIR)/%.o \
		$(OUT)/$(1)/$(BENCHDIR)/bench.o $(OUT)/$(1)/$(BENCHDIR)/$(2)/floor.o $(OUT)/$(1)/contract.ok
	@mkdir -p $$(@D)
	$$(Q)$($(2).triple)-gcc $($(2).cflags) $(linux.ldflags) $$(filter %.o,$$^) $$($(1).obj) -o $$@
	$$(Q)$(CONTRACT) image core/port.list $$@

$(OUT)/$(1)/bench/libgcc: $(BENCHDIR)/libgcc.c $(BENCHDIR)/hot.h | setup
	$$(call say,CC $(1) $$<)
	@mkdir -p $$(@D)
	$$(Q)$($(2).triple)-gcc -std=gnu11 -O2 -g -fsplit-stack -fcf-protection=none -fno-pie -no-pie -static -Wall -Wextra -Werror $$< -o $$@
endef
$(foreach p,$(BENCH_PORTS),$(eval $(call BENCHIMAGES,$p,$(call arch_of,$p))))

# The analyzer is measured for every arch on any machine: a measuring program that has no
# arguments, as the tool runs it.
SPEEDTOOL := $(TOOLDIR)/speed
$(eval $(call HOSTTOOL,speed,$(BENCHDIR)/nosplit/speed.c,))
speed_of = $(OUT)/$(1)/bench/nosplit
# $1 port, $2 arch
define SPEED
$(OUT)/$(1)/bench/large: $(BENCHDIR)/nosplit/large.sh | setup
	$$(call say,LINK $(1) 2 MB of text)
	@mkdir -p $$(@D)
	$$(Q)$$< $($(2).triple)-gcc $$@
$(OUT)/$(1)/bench/nosplit: $(OUT)/$(1)/bench/large $(call budget_of,$(1)) $(NOSPLIT) $(SPEEDTOOL)
	@printf '#!/bin/sh\nexec %s\n' '$(SPEEDTOOL) $(NOSPLIT) $($(2).triple)-objdump $(OUT)/$(1)/bench/large $(call budget_of,$(1)) $(if $(filter arm arm64,$(2)),-arm)' >$$@
	@chmod +x $$@
endef
$(foreach p,$(filter %-linux,$(PORTS)),$(eval $(call SPEED,$p,$(call arch_of,$p))))

# Only what the machine can run is built: the others are named by the tool.
BENCH_MACHINE := $(if $(filter bench,$(MAKECMDGOALS)),$(shell uname -m))
BENCH_NATIVE := $(foreach p,$(BENCH_PORTS),$(if $(filter $(BENCH_MACHINE),$($(call arch_of,$p).native)),$p))

.PHONY: bench
bench: $(BENCHTOOL) $(BENCHDIR)/rows $(foreach p,$(BENCH_NATIVE),$(call bench_images,$p)) \
		$(foreach p,$(filter %-linux,$(PORTS)),$(call speed_of,$p))
	$(Q)$(BENCHTOOL) $(if $(filter 1,$(STRICT)),-s) -n $(BENCH_RUNS) -o $(BUILD)/bench.json $(BENCHDIR)/rows \
		$(foreach p,$(filter %-linux,$(PORTS)),'$(call arch_of,$p)=$(if $(filter $p,$(BENCH_NATIVE)),$(call bench_images,$p)) $(call speed_of,$p)')
