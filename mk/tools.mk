# Set-up, the host tools, and the compiler plugin of each arch.

TOOLDIR ?= $(BUILD)/tools
PLUGINDIR ?= $(BUILD)/plugin
HOSTCC ?= gcc
HOSTCXX ?= g++
HOSTCFLAGS ?= -O2 -g

setup:
	$(Q)mk/bootstrap $(foreach a,$(PORT_ARCHS),$($a.triple) $($a.emulator) "$($a.packages)")

RUNNER := $(TOOLDIR)/runner
CONTRACT := $(TOOLDIR)/contract
BENCHTOOL := $(TOOLDIR)/bench

define HOSTTOOL
$(TOOLDIR)/$(1): $(2) $(wildcard $(dir $(firstword $(2)))*.h) core/stack.h core/stacknote.h | setup
	$$(call say,HOSTCC $(1))
	@mkdir -p $$(@D)
	$$(Q)$$(HOSTCC) -std=c11 -D_GNU_SOURCE $$(HOSTCFLAGS) -Wall -Wextra -Werror -Icore $(2) $(3) -o $$@
endef
$(eval $(call HOSTTOOL,runner,$(wildcard conformance/runner/*.c)))
$(eval $(call HOSTTOOL,contract,$(wildcard mk/contract/*.c),-lelf))

# The runner once more, to be tested under the sanitizers.
SANITIZED := $(TOOLDIR)/sanitized/runner
$(SANITIZED): $(wildcard conformance/runner/*.[ch]) | setup
	$(call say,HOSTCC runner (sanitized))
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra \
		$(filter %.c,$^) -o $@

PLUGINSRC := $(wildcard mk/plugin/*.cc)
# $1 arch, $2 triple, $3 plugin
define PLUGIN
$(3): $(PLUGINSRC) $(wildcard mk/plugin/*.h) arch/$(1)/split.h core/stack.h core/stacknote.h arch/$(1)/arch.mk | setup
	$$(call say,PLUGIN $(2))
	@mkdir -p $$(@D)
	$$(Q)$$(HOSTCXX) -shared -fPIC -fno-rtti -O2 -Wall -Wextra -Werror -Icore -Iarch/$(1) \
		-DARCH_NAME='"$(1)"' -DCALL_SIZE=$($(1).callsize) \
		-isystem $$$$($(2)-gcc -print-file-name=plugin)/include $(PLUGINSRC) -o $$@
endef
$(foreach a,$(PORT_ARCHS),$(eval $(call PLUGIN,$a,$($a.triple),$(PLUGINDIR)/$a/split.so)))
$(foreach p,$(PORTS),$(if $(call os_key,triple,$p),$(eval $(call PLUGIN,$(call arch_of,$p),$(call triple_of,$p),$(call plugin_of,$p)))))
