# The stack budget analyzer, and the same under the sanitizers for its tests.

NOSPLITDIR := conformance/nosplit
NOSPLIT := $(TOOLDIR)/nosplit
NOSPLIT_SANITIZED := $(TOOLDIR)/sanitized/nosplit
NOSPLIT_OUTPUTS := $(TOOLDIR)/sanitized/nosplit-outputs
NOSPLITSRC := $(wildcard $(NOSPLITDIR)/*.c)
NOSPLITLIBS := -lelf -ldw -lZydis -lcapstone -lz
NOSPLITSAN := -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -Icore

$(eval $(call HOSTTOOL,nosplit,$(NOSPLITSRC),$(NOSPLITLIBS)))

$(NOSPLIT_SANITIZED): $(NOSPLITSRC) $(wildcard $(NOSPLITDIR)/*.h) core/stack.h | setup
	$(call say,HOSTCC nosplit (sanitized))
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(NOSPLITSAN) $(NOSPLITSRC) $(NOSPLITLIBS) -o $@

# The outputs alone, with results that no engine made.
NOSPLITUSER := $(filter $(addprefix $(NOSPLITDIR)/,assume.c assumed.c baseline.c buf.c chain.c diff.c escape.c figures.c icicle.c \
	keys.c names.c options.c out_%.c page.c places.c util.c why.c words.c),$(NOSPLITSRC))

$(NOSPLIT_OUTPUTS): $(NOSPLITUSER) $(wildcard $(NOSPLITDIR)/test/outputs/*.c) $(wildcard $(NOSPLITDIR)/*.h $(NOSPLITDIR)/test/outputs/*.h) | setup
	$(call say,HOSTCC nosplit-outputs (sanitized))
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(NOSPLITSAN) $(filter %.c,$^) -o $@

# Host tests of make check; see hostlines in suite.mk.
nosplitlines = $(call host,nosplit,nosplit-outputs,$(NOSPLITDIR)/test/outputs.sh,120,$(NOSPLITDIR)/test/outputs.sh $(NOSPLIT_OUTPUTS))\
	$(call host,nosplit,nosplit-cli,$(NOSPLITDIR)/test/cli.sh,240,$(NOSPLITDIR)/test/cli.sh $(NOSPLIT_SANITIZED))
check: $(NOSPLIT) $(NOSPLIT_SANITIZED) $(NOSPLIT_OUTPUTS)
