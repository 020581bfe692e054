# Programs over the kit that are no tests: conformance/programs/*.c without
# an assertion's identifier, each an image of its port.

PROGRAMS := $(basename $(notdir $(filter-out $(wildcard conformance/programs/[A-Z][0-9][0-9]-*.c),$(wildcard conformance/programs/*.c))))
program_of = $(OUT)/$(1)/programs/$(2)

# $1 build, $2 arch, $3 os
define PROGRAMIMAGES
$(foreach i,$(PROGRAMS),$(call program_of,$(1),$i)): $(OUT)/$(1)/programs/%: $(OUT)/$(1)/conformance/programs/%.o $(OUT)/$(1)/contract.ok
	@mkdir -p $$(@D)
	$$(Q)$($(2).triple)-gcc $($(2).cflags) $($(3).ldflags) $$(filter %.o,$$^) $$($(1).obj) -o $$@
	$$(Q)$(CONTRACT) image core/port.list $$@
endef
$(foreach p,$(PORTS),$(eval $(call PROGRAMIMAGES,$p,$(call arch_of,$p),$(call os_of,$p))))

#: make profile-demo        folded stacks of a program that profiles itself (ARCH=386 for that port)
.PHONY: profile-demo
profile-demo: $(call program_of,$(firstword $(if $(ONLY_ARCH),$(PORTS),$(filter amd64-%,$(PORTS)) $(PORTS))),profile)
	$(Q)$(if $(filter $(shell uname -m),$($(call arch_of,$(firstword $(subst /,$(space),$(patsubst $(OUT)/%,%,$<)))).native)),,$($(call arch_of,$(firstword $(subst /,$(space),$(patsubst $(OUT)/%,%,$<)))).emulator) )$<
