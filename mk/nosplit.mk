# The stack budget analyzer, and the same under the sanitizers for its tests.

NOSPLITDIR := conformance/nosplit
NOSPLIT := $(TOOLDIR)/nosplit
NOSPLIT_SANITIZED := $(TOOLDIR)/sanitized/nosplit
NOSPLIT_OUTPUTS := $(TOOLDIR)/sanitized/nosplit-outputs
NOSPLITSRC := $(wildcard $(NOSPLITDIR)/*.c)
NOSPLITLIBS := -lelf -ldw -lZydis -lcapstone
NOSPLITSAN := -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -Icore

# The shared Capstone has a megabyte of tables of pointers: to relocate them takes as long as
# the kit's analysis does.
$(eval $(call HOSTTOOL,nosplit,$(NOSPLITSRC),-O3 -flto -flto-partition=one -no-pie $(NOSPLITLIBS:-lcapstone=-l:libcapstone.a)))

$(NOSPLIT_SANITIZED): $(NOSPLITSRC) $(wildcard $(NOSPLITDIR)/*.h) core/stack.h | setup
	$(call say,HOSTCC nosplit (sanitized))
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(NOSPLITSAN) $(NOSPLITSRC) $(NOSPLITLIBS) -o $@

# All but main under libFuzzer.
NOSPLIT_FUZZ := $(TOOLDIR)/sanitized/nosplit-fuzz
$(NOSPLIT_FUZZ): $(filter-out $(NOSPLITDIR)/main.c,$(NOSPLITSRC)) $(NOSPLITDIR)/test/hostile/fuzz.c $(wildcard $(NOSPLITDIR)/*.h) core/stack.h | setup
	$(call say,CLANG nosplit-fuzz)
	@mkdir -p $(@D)
	$(Q)clang $(filter-out -fsanitize=%,$(NOSPLITSAN)) -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		$(filter %.c,$^) $(NOSPLITLIBS) -o $@

# The outputs alone, with results that no engine made.
NOSPLITUSER := $(filter $(addprefix $(NOSPLITDIR)/,assume.c assumed.c baseline.c buf.c chain.c diff.c escape.c figures.c icicle.c \
	keys.c names.c odds.c options.c out_%.c page.c places.c util.c why.c words.c),$(NOSPLITSRC))

$(NOSPLIT_OUTPUTS): $(NOSPLITUSER) $(wildcard $(NOSPLITDIR)/test/outputs/*.c) $(wildcard $(NOSPLITDIR)/*.h $(NOSPLITDIR)/test/outputs/*.h) | setup
	$(call say,HOSTCC nosplit-outputs (sanitized))
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(NOSPLITSAN) $(filter %.c,$^) -o $@

# Host tests of make check; see hostlines in suite.mk. Those of one arch run for that arch alone.
nosplit_host = $(call host,nosplit,nosplit-$(1),$(NOSPLITDIR)/test/$(2),$(3),$(NOSPLITDIR)/test/$(2)$(if $(4), $(4)))
nosplitlines = $(call nosplit_host,outputs,outputs.sh,120,$(NOSPLIT_OUTPUTS))$(call nosplit_host,cli,cli.sh,240,$(NOSPLIT_SANITIZED))\
	$(call nosplit_host,image,image/run.sh,600,)$(call nosplit_host,pe,pe/run.sh,120,$(NOSPLIT))$(call nosplit_host,x86,x86/run.sh,600,)\
	$(call nosplit_host,hostile,hostile/run.sh,600,$(NOSPLIT_FUZZ) $(NOSPLIT_SANITIZED))
# The table has columns for three archs.
nosplit_arch_lines = $(if $(filter amd64 386 arm,$(1)),$(call nosplit_host,table-$(1),table/run.sh,240,$(1) $($(1).triple)-gcc $(NOSPLIT)))\
	$(call nosplit_host,mutation-$(1),mutation/run.sh,240,$(1) $($(1).triple)-gcc $(NOSPLIT))\
	$(call nosplit_host,graph-$(1),graph/run.sh,240,$(1) $($(1).triple)-gcc $(NOSPLIT))\
	$(call nosplit_host,programs-$(1),programs/run.sh,600,$(1) $($(1).triple)-gcc $(NOSPLIT))\
	$(if $(filter arm,$(1)),$(call nosplit_host,arm,arm/run.sh,600,))
check: $(NOSPLIT) $(NOSPLIT_SANITIZED) $(NOSPLIT_OUTPUTS) $(NOSPLIT_FUZZ)
