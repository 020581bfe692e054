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
