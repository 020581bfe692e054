# Programs over the kit that are no tests: conformance/programs/*.c without
# an assertion's identifier, each an image of its port; and one from anywhere else.

PROGRAMS := $(basename $(notdir $(filter-out $(wildcard conformance/programs/[A-Z][0-9][0-9]-*.c),$(wildcard conformance/programs/*.c))))
OUTSIDE := $(abspath $(call narrow,FILE))
OUTSIDEHOST := $(abspath $(call narrow,HOST))
OUTSIDENAME := $(basename $(notdir $(firstword $(OUTSIDE))))
# It is built as if it were there: with HOST as a hosted test is (mk/kit.mk).
outside := conformance/programs/$(OUTSIDENAME)
ifneq ($(OUTSIDE),)
ifneq ($(wildcard $(outside).c),)
$(error make program: FILE=$(firstword $(OUTSIDE)): another name, please: $(outside).c has that one)
endif
PROGRAMS += $(if $(OUTSIDEHOST),,$(OUTSIDENAME))
NAME := $(OUTSIDENAME)
endif
program_of = $(OUT)/$(1)/programs/$(2)$($(call os_of,$(1)).imagesuffix)

# $1 build, $2 arch, $3 os
define PROGRAMIMAGES
$(foreach i,$(PROGRAMS),$(call program_of,$(1),$i)): $(OUT)/$(1)/programs/%$($(3).imagesuffix): $(OUT)/$(1)/conformance/programs/%.o $(OUT)/$(1)/contract.ok $(call writer_of,$(1))
	@mkdir -p $$(@D)
	$$(Q)$(call triple_of,$(1))-gcc $(call ldflags_of,$(1)) $$(filter %.o,$$^) $$($(1).obj) $($(call os_of,$(1)).libs) -o $$@
	$$(Q)$(CONTRACT) image core/port.list $$@
	$(call written,$(1))
endef
$(foreach p,$(PORTS),$(eval $(call PROGRAMIMAGES,$p,$(call arch_of,$p),$(call os_of,$p)))\
	$(eval $(foreach i,$(PROGRAMS),$(call program_of,$p,$i)): $(OUT)/$p/program.o))

# $1 build, $2 arch, $3 os, $4 source, $5 object
define OUTSIDEOBJECT
$(5): $(4) $(OUT)/$(1)/contract.ok always
	@mkdir -p $$(@D)
	$$(Q)$$($(1).cc) -Wno-error $$($(1).split) -DG_OPERAND='$(subst %,%%,$($(3).g.$(2)))' -c $$< -o $$@
$(if $(filter $(firstword $(OUTSIDE)),$(4)),,$(call program_of,$(1),$(OUTSIDENAME))$(if $(OUTSIDEHOST),.o): $(5))
endef
outsideobject = $(OUT)/$(1)/$(if $(filter $(firstword $(OUTSIDE)),$(2)),$(outside),outside/$(basename $(notdir $(2)))).o
$(foreach p,$(PORTS),$(foreach f,$(OUTSIDE),\
	$(eval $(call OUTSIDEOBJECT,$p,$(call arch_of,$p),$(call os_of,$p),$f,$(call outsideobject,$p,$f)))))
ifneq ($(OUTSIDEHOST),)
host.$(outside).c := $(OUTSIDEHOST)
$(foreach p,$(PORTS),$(eval $(call HOSTED,$p,$(outside).c,$(call program_of,$p,$(OUTSIDENAME))))\
	$(eval $(call program_of,$p,$(OUTSIDENAME)).o: $(OUT)/$p/program.o))
PROGRAMS += $(OUTSIDENAME)
endif

# The port that is asked for, or the one that most machines can run as it is.
program_port := $(firstword $(if $(ONLY_ARCH),$(PORTS),$(filter amd64-%,$(PORTS)) $(PORTS)))
run_program = $(if $(call os_key,how,$(program_port))$(if $(filter $(shell uname -m),$($(call arch_of,$(program_port)).native)),,foreign),$(call runner_of,$(program_port)))$<

#: make program NAME=sum    builds conformance/programs/NAME.c and runs it (ARCH=386 for that port)
#: make program FILE=x.c    builds and runs x.c (more files: "x.c y.c") from anywhere; HOST=main.c:
#:                          in a program of the libc, whose main calls rthost
#: make profile-demo        folded stacks of a program that profiles itself (ARCH=386 for that port)
.PHONY: program profile-demo
ifneq ($(filter program,$(MAKECMDGOALS)),)
ifeq ($(filter $(PROGRAMS),$(NAME)),)
$(error make program: NAME=$(NAME): expected one of: $(PROGRAMS); or FILE=)
endif
endif
program: $(call program_of,$(program_port),$(NAME)) $(call needs_of,$(program_port))
	$(Q)$(run_program)
profile-demo: $(call program_of,$(program_port),profile) $(call needs_of,$(program_port))
	$(Q)$(run_program)

# The program that the README shows: it is the one in the file, and its sum is right.
SUMS := $(foreach p,$(PRESENT),$(call program_of,$p,sum))
hostlines += $(if $(ONLY_TEST),,$(foreach p,$(PRESENT),$(call host,programs,readme-$p,conformance/programs/readme.sh,60,conformance/programs/readme.sh $(call runner_of,$p)$(call program_of,$p,sum))))

# The file that the OS loads, where it is not ELF.
hostlines += $(if $(ONLY_TEST),,$(foreach p,$(PRESENT),$(if $(call writer_of,$p),$(call host,tools,image-$p,conformance/hosts/image/test.sh,60,conformance/hosts/image/test.sh $(TOOLDIR)/image $(call triple_of,$p) $($(call os_of,$p).writer) $(call program_of,$p,sum).elf $(call program_of,$p,sum)))))
check: $(SUMS)
# What the README says of a program that is somewhere else, and of a host.
hostlines += $(if $(ONLY_TEST),,$(foreach p,$(filter %-linux,$(PORTS)),$(call host,programs,outside-$p,conformance/programs/outside.sh,240,conformance/programs/outside.sh $(call arch_of,$p))))
