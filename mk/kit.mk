# Builds the kit for each port and variant, and the test images over it.
#
# A build is ARCH-OS for the port itself (-O2, the os's sleep model), or
# ARCH-OS-VARIANT: sema, the other sleep model where the os has futexes, or O0 O1 Os
# O3, the optimisation levels.
# Objects are in build/BUILD/, under the path of their source.

comma := ,
LEVELS := O0 O1 Os O3
SUBJECTS := abi atomic stack switch sleep lock sched syscall callback preempt signal programs
COMPILER_SUBJECTS := abi stack switch callback
SLEEP_SUBJECTS := sleep lock syscall callback preempt
sleep_of = $(or $(filter sema,$(call variant_of,$(1))),$($(call os_of,$(1)).sleep))
# hostile is a way to run the port's own build, not another build.
variants_of = $(filter-out none,$(or $($(call os_of,$(1)).variants),$(if $(filter futex,$($(call os_of,$(1)).sleep)),sema) $(LEVELS)))
VARIANTS := $(foreach p,$(PORTS),$p $(addprefix $p-,$(filter-out hostile,$(call variants_of,$p))))
layer_of = $(if $(filter futex,$(call sleep_of,$(1))),futex,sema)
# Of the sleep layers of the core, those that this build is without.
otherlayers = $(if $(filter futex,$(call layer_of,$(1))),core/lock_sema.c,core/lock_futex.c) \
	$(if $(filter sema,$($(call os_of,$(1)).sleep)),core/sema_futex.c)
subjects_of = $(if $(call variant_of,$(1)),$(if $(filter $(LEVELS),$(call variant_of,$(1))),$(COMPILER_SUBJECTS),$(SLEEP_SUBJECTS)),$(SUBJECTS))
tests_of = $(foreach s,$(call subjects_of,$(1)),$(filter $(if $(ONLY_TEST),$(foreach t,$(ONLY_TEST),conformance/$s/$t-%),%),$(wildcard conformance/$s/[A-Z][0-9][0-9]-*.c)))
image_of = $(OUT)/$(1)/test/$(basename $(notdir $(2)))$($(call os_of,$(1)).imagesuffix)
id_of = $(firstword $(subst -, ,$(notdir $(1))))
skipped = $(or $(call absent_of,$(1)),$($(call os_of,$(1)).skip.$(call id_of,$(2))))
# Of a build, the tests that it has an image for.
built_of = $(foreach t,$(call tests_of,$(1)),$(if $(call skipped,$(1),$t),,$t))

KITFLAGS := -std=gnu11 -ffreestanding -fno-ipa-ra -fno-stack-protector -fno-pic -fno-pie \
	-fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns -fno-reorder-blocks-and-partition -g \
	-Wall -Wextra -Werror -Wvla -Walloca -Wstrict-prototypes -Wmissing-prototypes

# Tests do on purpose what the kit must not.
TESTFLAGS := -Wno-alloca -Wno-unused-but-set-variable -Wno-infinite-recursion

# $1 arch, $2 os: what it shares with others, but for those files of which it has its own.
shared_of = $(if $($(2).shared),$(filter-out $(patsubst os/$(2)/%,os/$($(2).shared)/%,$(wildcard os/$(2)/*.c)),$(wildcard os/$($(2).shared)/*.[cS] os/$($(2).shared)/$(1)/*.[cS])))

always: # a target that is never there, so that what needs it is made each time
# $1 build, $2 arch, $3 os
define KIT
$(1).opt := $(if $(filter $(LEVELS),$(call variant_of,$(1))),-$(call variant_of,$(1)),-O2)
$(1).opt += $(if $(filter O0,$(call variant_of,$(1))),-DPORTKIT_DEBUG_STACK)
$(1).src := $(filter-out $(call otherlayers,$(1)),$(wildcard core/*.c)) \
	$(wildcard arch/$(2)/*.[cS] os/$(3)/*.[cS] os/$(3)/$(2)/*.[cS] $(call shared_of,$(2),$(3)))
$(1).obj := $$(addprefix $(OUT)/$(1)/,$$(addsuffix .o,$$(basename $$($(1).src))))
$(1).cc := $(call triple_of,$(1))-gcc $(KITFLAGS) $($(2).cflags) $(call os_key,cflags,$(1)) $$($(1).opt) -Icore -Iarch/$(2) -Ios/$(3) -Ios/$(3)/$(2) \
	$(addprefix -I,$(if $($(3).shared),$(wildcard os/$($(3).shared) os/$($(3).shared)/$(2)))) \
	-Iconformance -Iconformance/sleep/$($(3).sleep) $(addprefix -I,$(wildcard $(foreach f,$(3) $($(3).shared),conformance/$f conformance/$f/$(2)))) -I$(OUT)/$(1) '-ffile-prefix-map=$(CURDIR)/='
$(1).split := -fplugin=$(call plugin_of,$(1)) $(if $(shell grep -l '{G}' arch/$(2)/split.h),-fplugin-arg-split-g='$($(3).g.$(2))')

$(OUT)/$(1)/core/%: mode := $($(2).coreflags)
$(OUT)/$(1)/os/%: mode := $($(2).coreflags)
$(OUT)/$(1)/arch/%: mode := $($(2).coreflags)
$(OUT)/$(1)/core/program/%: mode :=
$(OUT)/$(1)/arch/$(2)/program/%: mode :=
$(OUT)/$(1)/conformance/%: mode := $(TESTFLAGS) -DSLEEP_$(call layer_of,$(1))

$(OUT)/$(1)/%.o: %.c mk/kit.mk $(OUT)/$(1)/contract_decl.h $(OUT)/$(1)/contract_check.h $(call plugin_of,$(1))
	$$(call say,CC $(1) $$<)
	@mkdir -p $$(@D)
	$$(Q)$$($(1).cc) $$(mode) $$($(1).split) -DG_OPERAND='$(subst %,%%,$($(3).g.$(2)))' $$(define) -MMD -MP -c $$< -o $$@

$(OUT)/$(1)/%.o: %.S $(call plugin_of,$(1)) arch/$(2)/arch.mk os/$(3)/os.mk mk/kit.mk
	$$(call say,AS $(1) $$<)
	@mkdir -p $$(@D)
	$$(Q)$$($(1).cc) -DG_OPERAND='$($(3).g.$(2))' -MMD -MP -c $$< -o $$@

$(OUT)/$(1)/contract_%.h: core/port.list mk/contract/contract.awk arch/$(2)/arch.mk os/$(3)/os.mk
	@mkdir -p $$(@D)
	$$(Q)awk -v part=$$* -v arch=$(2) -v os=$(3) -v ptrsize=$($(2).ptrsize) \
		-v callsize=$($(2).callsize) -v endian=$($(2).endian) -f mk/contract/contract.awk $$< >$$@

# What programs link besides the kit.
$(OUT)/$(1)/program.o: $(patsubst %,$(OUT)/$(1)/%.o,$(basename $(wildcard core/program/*.c arch/$(2)/program/*.[cS])))
	$$(Q)$(call triple_of,$(1))-ld -r $$^ -o $$@

# What the build is made of: a file that goes away must be noticed too.
$(OUT)/$(1)/objects.list: always
	@mkdir -p $$(@D); echo '$$($(1).obj)' | cmp -s - $$@ || echo '$$($(1).obj)' >$$@

# The contract is checked before anything is linked.
$(OUT)/$(1)/contract.ok: $(OUT)/$(1)/objects.list $$($(1).obj) core/port.list $(CONTRACT) $(OUT)/$(1)/contract_decl.h $(OUT)/$(1)/contract_check.h
	$$(Q)$(CONTRACT) objects $(2) $(3)$(addprefix +,$($(3).shared)) "$($(3).sleep)" core/port.list $$($(1).obj)
	@touch $$@
endef
# Objects that a test needs besides its own: the generated family of the stack
# tests, with checks and without.
extra.K01 := gen/family.o gen/family_ref.o
# Functions of the kit that a test stands before: what calls NAME gets its __wrap_NAME.
wrap.S14 = $(call layer_of,$(1))sleep
wrap.Y08 = usleep
wrap.P14 = oswrite
wrap.P15 = $(if $(filter futex,$(call layer_of,$(1))),futex,sema)wakeup
wrap.P16 = osgetenv
wrap.P17 = $(wrap.P15)
wrap.P18 = nanotime

# $1 build, $2 that function or nothing, $3 objects, $4 image
wrapped = $(if $(2),$(if $(call os_key,wrap,$(1)),$$$$($(call os_key,wrap,$(1)) $(call triple_of,$(1)) $(4).wrap $(2) $(3)),-Wl$(comma)--wrap=$(strip $(2)) $(3)),$(3))

# A hosted test is a program of a libc of its own: conformance/SUBJECT/host/NAME.c has
# main; the kit with the test is one object, of which it sees the names below only.
hosted = $(or $(host.$(1)),$(wildcard $(dir $(1))host/$(notdir $(1))))
HOSTEDNAMES := cgocallback rthost rthostthread kit_*

# $1 build, $2 test source, $3 image
define HOSTED
$(3).o: $(OUT)/$(1)/$(basename $(2)).o $(OUT)/$(1)/conformance/test.o $(OUT)/$(1)/contract.ok
	@mkdir -p $$(@D)
	$$(Q)$(call triple_of,$(1))-ld -r $$(filter %.o,$$^) $$($(1).obj) -o $$@
	$$(Q)$(call triple_of,$(1))-objcopy --wildcard $(addprefix --keep-global-symbol=,$(HOSTEDNAMES)) $$@
$(3): $(3).o $(call hosted,$(2))
	$$(call say,CC $(1) $(call hosted,$(2)))
	$$(Q)$(call triple_of,$(1))-gcc -std=gnu11 -D_GNU_SOURCE -O2 -g -fno-pie -no-pie -static -pthread -Wall -Wextra -Werror $$^ -o $$@
endef

# Where the OS loads something else than ELF: the linked file stays as IMAGE.elf. In a rule.
writer_of = $(if $($(call os_of,$(1)).writer),$(TOOLDIR)/image)
written = $(if $(call writer_of,$(1)),$$(Q)mv $$@ $$@.elf && $(TOOLDIR)/image $($(call os_of,$(1)).writer) $$@.elf $$@)

# $1 build, $2 test source, $3 image
define IMAGE
$(3): $(OUT)/$(1)/$(basename $(2)).o $$(addprefix $(OUT)/$(1)/,$$(extra.$(firstword $(subst -, ,$(notdir $(2)))))) \
		$(OUT)/$(1)/conformance/test.o $(OUT)/$(1)/contract.ok $(call writer_of,$(1))
	@mkdir -p $$(@D)
	$$(Q)$(call triple_of,$(1))-gcc $(call ldflags_of,$(1)) \
		$(call wrapped,$(1),$(call wrap.$(call id_of,$(2)),$(1)),$$(filter %.o,$$^) $$($(1).obj),$$@) $($(call os_of,$(1)).libs) -o $$@
	$$(Q)$(CONTRACT) image core/port.list $$@
	$(call written,$(1))
endef

FAMILY := $(BUILD)/gen/family.c
$(FAMILY): conformance/stack/family.awk
	@mkdir -p $(@D)
	$(Q)awk -f $< >$@
# $1 build, $2 arch, $3 os, $4 object, $5 SPLIT
define FAMILYOBJ
$(OUT)/$(1)/gen/$(4).o: $(FAMILY) conformance/stack/family.h $(OUT)/$(1)/contract_decl.h $(OUT)/$(1)/contract_check.h \
		$(call plugin_of,$(1))
	$$(call say,CC $(1) $$@)
	@mkdir -p $$(@D)
	$$(Q)$$($(1).cc) $$($(1).split) -DG_OPERAND='$(subst %,%%,$($(3).g.$(2)))' -DSPLIT=$(5) -MMD -MP -c $(FAMILY) -o $$@
endef

$(foreach b,$(VARIANTS),$(eval $(call KIT,$b,$(call arch_of,$b),$(call os_of,$b)))\
	$(eval $(call FAMILYOBJ,$b,$(call arch_of,$b),$(call os_of,$b),family,1))$(eval $(call FAMILYOBJ,$b,$(call arch_of,$b),$(call os_of,$b),family_ref,0)))
$(foreach b,$(VARIANTS),$(foreach t,$(call built_of,$b),$(eval $(call $(if $(call hosted,$t),HOSTED,IMAGE),$b,$t,$(call image_of,$b,$t)))))
images_of = $(foreach t,$(call built_of,$(1)),$(call image_of,$(1),$t))

# Programs may divide, and in a host, too: its own functions would not check the stack.
$(foreach b,$(VARIANTS),$(foreach t,$(call tests_of,$b),$(if $(or $(call hosted,$t),$(filter conformance/programs/%,$t)),\
	$(eval $(call image_of,$b,$t)$(if $(call hosted,$t),.o): $(OUT)/$b/program.o))))

-include $(foreach b,$(VARIANTS),$(wildcard $(OUT)/$b/*/*.d $(OUT)/$b/*/*/*.d $(OUT)/$b/*/*/*/*.d))
