# Finds the ports and reads their data files: arch/X/arch.mk and os/Y/os.mk are
# data that mk/port.awk checks; nothing else knows which ports there are.

narrow = $(if $(filter command line,$(origin $(1))),$($(1)))
ARCHS := $(patsubst arch/%/arch.mk,%,$(wildcard arch/*/arch.mk))
OSES := $(patsubst os/%/os.mk,%,$(wildcard os/*/os.mk))
OSES := $(filter linux,$(OSES)) $(filter-out linux,$(OSES))
ONLY_ARCH := $(call narrow,ARCH)
ONLY_OS := $(call narrow,OS)
ONLY_TEST := $(call narrow,TEST)

ifneq ($(filter-out $(ARCHS),$(ONLY_ARCH)),)
$(error ARCH=$(ONLY_ARCH): no such arch: expected one of: $(ARCHS))
endif
ifneq ($(filter-out $(OSES),$(ONLY_OS)),)
$(error OS=$(ONLY_OS): no such os: expected one of: $(OSES))
endif

PORTERROR := $(shell if mkdir -p $(BUILD)/plan 2>/dev/null && test -w $(BUILD); then \
		new=$(BUILD)/ports.mk.$$$$; awk -f mk/port.awk arch/*/arch.mk os/*/os.mk >$$new && mv $$new $(BUILD)/ports.mk || \
			{ sed -n 's/^error: //p' $$new; rm -f $$new; }; \
	else echo '$(BUILD)/: cannot be written: change its owner or permissions, or those of the folder that it is in'; fi)
ifneq ($(PORTERROR),)
$(error $(PORTERROR))
endif
include $(BUILD)/ports.mk

# Two makes in one tree would write the same files. The shell's parent is this make.
WRITERS := report check run mutants bench images plugins port-status coverage clean
DRYRUN := $(findstring n,$(filter-out --%,$(firstword $(MAKEFLAGS))))
BUSY := $(if $(DRYRUN),,$(if $(filter $(WRITERS) $(BUILD)/%,$(MAKECMDGOALS)),\
	$(shell for again in 1 2; do (set -C; echo $$PPID >$(BUILD)/make.pid) 2>/dev/null && break; \
		read -r other <$(BUILD)/make.pid; \
		[ "$$other" = $$PPID ] || [ "$$(cat /proc/$$other/comm 2>/dev/null)" != make ] || \
			[ "$$(readlink /proc/$$other/cwd)" != "$$(pwd -P)" ] || { echo $$other; break; }; \
		rm -f $(BUILD)/make.pid; done)))
ifneq ($(strip $(BUSY)),)
$(error another make (process $(strip $(BUSY))) is at work in $(BUILD)/: wait for it, or end it)
endif

# ports: arch-os, for every arch that the os has
PORTS := $(foreach o,$(if $(ONLY_OS),$(ONLY_OS),$(OSES)),$(foreach a,$(if $(ONLY_ARCH),$(ONLY_ARCH),$(ARCHS)), \
	$(if $(filter $a,$($o.archs)),$a-$o)))
ifeq ($(strip $(PORTS)),)
$(error OS=$(ONLY_OS) has no ARCH=$(ONLY_ARCH): os/$(ONLY_OS)/os.mk lists: $($(ONLY_OS).archs))
endif
arch_of = $(firstword $(subst -, ,$(1)))
os_of = $(word 2,$(subst -, ,$(1)))
variant_of = $(word 3,$(subst -, ,$(1)))
# What the os says of this arch: $1 key, $2 build
os_key = $($(call os_of,$(2)).$(1).$(call arch_of,$(2)))
triple_of = $(or $(call os_key,triple,$(1)),$($(call arch_of,$(1)).triple))
plugin_of = $(PLUGINDIR)/$(call arch_of,$(1))$(if $(call os_key,triple,$(1)),-$(call os_of,$(1)))/split.so
ldflags_of = $($(call arch_of,$(1)).cflags) $(call os_key,cflags,$(1)) $($(call os_of,$(1)).ldflags) $(call os_key,ldflags,$(1))
# What an image's name follows where it is not run natively, with the blank.
runner_of = $(if $(call os_key,how,$(1)),$(call os_key,runner,$(1)) ,$(if $($(call arch_of,$(1)).emulator),$($(call arch_of,$(1)).emulator) ))
# Those that can be built here; of the others absent.PORT is the reason (conformance/hosts/*/setup.mk).
PRESENT = $(foreach p,$(PORTS),$(if $(absent.$p),,$p))
absent_of = $(absent.$(call arch_of,$(1))-$(call os_of,$(1)))
# Of those ports, the files that their runners need: conformance/hosts/*.mk
needs_of = $(foreach p,$(1),$(needs.$p))
LINUX_ARCHS := $(foreach p,$(filter %-linux,$(PORTS)),$(call arch_of,$p))
PORT_ARCHS := $(sort $(foreach p,$(PORTS),$(call arch_of,$p)))
