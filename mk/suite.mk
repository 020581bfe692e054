# The conformance suite: plans for the runner, and the targets that run them.
#
# A plan line is one test on one row; a row is a build and how it is run. The
# port's own build runs natively and under the emulator, its variants natively
# where the machine can, else under the emulator.

empty :=
space := $(empty) $(empty)
TAB := $(empty)	$(empty)
define NL


endef

REPORT := $(BUILD)/report
PLAN := $(BUILD)/plan
LIMIT := 120
# Where a host of conformance/hosts stands between.
HOSTLIMIT := 240
SKIP := $(call narrow,SKIP)
RUNFLAGS := --assertions conformance/assertions --xfail conformance/xfail $(foreach s,$(SKIP),--skip $s)

ALL_TESTS := $(foreach b,$(VARIANTS),$(call tests_of,$b)) $(BUDGETTEST)
ifneq ($(ONLY_TEST),)
$(foreach t,$(ONLY_TEST),$(if $(filter %/$t,$(foreach f,$(ALL_TESTS),$(dir $f)$(firstword $(subst -, ,$(notdir $f))))),,\
	$(error TEST=$t: no such test: the identifiers are in conformance/assertions)))
endif

ifneq ($(if $(ONLY_TEST),,$(filter run,$(MAKECMDGOALS))),)
$(error make run: which test? TEST=S04)
endif

# $1 build, $2 how, $3 what the image's name follows, with the blank, $4 variant, if it is not the build's
lines = $(foreach t,$(call tests_of,$(1)),$(call os_of,$(1))/$(call arch_of,$(1))$(TAB)$(or $(4),$(call variant_of,$(1)),$(call sleep_of,$(1)))$(TAB)$(2)$(TAB)$(notdir $(patsubst %/,%,$(dir $t)))$(TAB)$(call id_of,$t)$(TAB)$t$(TAB)$(if $(call os_key,how,$(1)),$(HOSTLIMIT),$(LIMIT))$(TAB)$(or $(call skipline,$(1),$t),$(3)$(call image_of,$(1),$t))$(NL))
skipline = $(if $(call skipped,$(1),$(2)),conformance/skip.sh $(call id_of,$(2)) $(call skipped,$(1),$(2)))
# The rows of a build that the OS's own command runs
hostlines_of = $(call lines,$(1),$(call os_key,how,$(1)),$(call runner_of,$(1)))$(if $(call variant_of,$(1)),,$(if $(filter hostile,$(call variants_of,$(1))),$(call lines,$(1),$(call os_key,how,$(1)),$(call runner_of,$(1))--hostile ,hostile)))
host = host$(TAB)-$(TAB)host$(TAB)$(1)$(TAB)$(2)$(TAB)$(3)$(TAB)$(4)$(TAB)$(5)$(NL)

# Host tests: of the tools, for all ports at once, unless narrowed.
MUTANTS := $(shell awk -F'\t' '!/^\#/ && NF { print $$1 "@" $$2 "@" $$4 }' conformance/mutants/list 2>/dev/null)
mutant_port = $(if $(findstring -,$(word 2,$(subst @, ,$(1)))),$(word 2,$(subst @, ,$(1))),$(word 2,$(subst @, ,$(1)))-linux)
MUTANTS := $(foreach m,$(MUTANTS),$(if $(filter $(PRESENT),$(call mutant_port,$m)),$(if $(ONLY_TEST),$(filter $(foreach t,$(ONLY_TEST),%@$t),$m),$m)))
MUTANTS := $(foreach m,$(MUTANTS),$(firstword $(subst @, ,$m)))
mutantlines = $(foreach m,$(MUTANTS),$(call host,mutants,$m,conformance/mutants/list,240,conformance/mutants/run.sh $m))
# hosttests: those of the hosts, conformance/hosts/*.mk, of the ports that are asked for
hostlines = $(if $(ONLY_TEST),,$(hosttests)$(if $(ONLY_ARCH)$(filter-out linux,$(ONLY_OS)),,\
	$(call host,tools,runner,conformance/runner/test.sh,120,conformance/runner/test.sh $(RUNNER))\
	$(call host,tools,runner-sanitized,conformance/runner/test.sh,240,conformance/runner/test.sh $(SANITIZED))\
	$(call host,setup,setup,conformance/setup/test.sh,300,conformance/setup/test.sh)\
	$(nosplitlines))\
	$(call host,tools,ports,conformance/setup/ports.sh,60,conformance/setup/ports.sh $(RUNNER) $(PLAN)/check.tsv $(strip $(PORTS)))\
	$(foreach a,$(LINUX_ARCHS),$(call nosplit_arch_lines,$a))\
	$(foreach a,$(LINUX_ARCHS),$(call host,plugin,plugin-$a,conformance/plugin/run.sh,240,conformance/plugin/run.sh $a $($a.triple)-gcc $(PLUGINDIR)/$a/split.so -std=gnu11 -ffreestanding -fno-ipa-ra -fno-stack-protector -fno-pic -fno-pie -fno-asynchronous-unwind-tables $($a.cflags))\
	$(call host,gdb,gdb-$a,conformance/gdb/test.sh,240,conformance/gdb/test.sh $a $($a.triple)-gcc $($a.emulator) $(OUT)/$a-linux/gdb/chain)))

# $1 file, $2 builds: the rows of each, native ones only where the image can start, and the budgets
define SUITEPLAN
	@mkdir -p $(PLAN)
	$(foreach b,$(2),$(if $(call os_key,how,$b),$(file >$(PLAN)/$b.emulated,$(call hostlines_of,$b)),\
		$(file >$(PLAN)/$b.native,$(call lines,$b,native))$(file >$(PLAN)/$b.emulated,$(call lines,$b,$($(call arch_of,$b).emulator),$(call runner_of,$b)))))
	@: >$(1); for b in $(foreach b,$(2),$b:$(if $(call os_key,how,$b),never,$(subst $(space),:,$($(call arch_of,$b).native)))); do \
		build=$${b%%:*}; native=no; case ":$${b#*:}:" in *:$$(uname -m):*) \
			image=$$(awk -F'\t' 'NF { print $$8; exit }' $(PLAN)/$$build.native); \
			[ -n "$$image" ] && { timeout 20 $$image >/dev/null 2>&1; [ $$? -ne 126 ] && native=yes; };; esac; \
		[ $$native = yes ] && cat $(PLAN)/$$build.native >>$(1); \
		case $$native$$build in yes*-*-*) ;; *) cat $(PLAN)/$$build.emulated >>$(1);; esac; \
	done
	$(file >$(PLAN)/budget.tsv,$(budgetlines))
	@cat $(PLAN)/budget.tsv >>$(1); sed -i -e 's/^ *//' -e '/^$$/d' $(1)
endef

SUITE_IMAGES := $(foreach b,$(VARIANTS),$(call images_of,$b))
.PHONY: images report check run mutants coverage port-status plugins
images: $(SUITE_IMAGES)
plugins: $(foreach a,$(PORT_ARCHS),$(PLUGINDIR)/$a/split.so) $(foreach p,$(PRESENT),$(call plugin_of,$p))

report: $(SUITE_IMAGES) $(call needs_of,$(PORTS)) $(BUDGETIMAGES) $(RUNNER) $(NOSPLIT)
	$(call SUITEPLAN,$(PLAN)/report.tsv,$(VARIANTS))
	$(Q)$(RUNNER) $(RUNFLAGS) -o $(REPORT) $(PLAN)/report.tsv

check: $(SUITE_IMAGES) $(call needs_of,$(PORTS)) $(BUDGETIMAGES) $(RUNNER) $(NOSPLIT) $(GDBIMAGES) $(SANITIZED) plugins
	$(call SUITEPLAN,$(PLAN)/check.tsv,$(VARIANTS))
	$(file >$(PLAN)/host.tsv,$(hostlines)$(mutantlines))
	@sed -e 's/^ *//' -e '/^$$/d' $(PLAN)/host.tsv >>$(PLAN)/check.tsv
	$(Q)$(RUNNER) $(RUNFLAGS) -o $(REPORT) $(PLAN)/check.tsv

mutants: $(call needs_of,$(PORTS)) $(foreach b,$(filter-out $(addprefix %-,$(LEVELS)),$(VARIANTS)),$(call images_of,$b)) $(RUNNER) $(NOSPLIT)
	@mkdir -p $(PLAN)
	$(file >$(PLAN)/mutants.tsv,$(mutantlines))
	@sed -i -e 's/^ *//' -e '/^$$/d' $(PLAN)/mutants.tsv
	$(Q)$(RUNNER) -o $(BUILD)/mutants-report $(PLAN)/mutants.tsv; s=$$?; \
		cat $(BUILD)/mutants-report/tap/*/*.tap | sed -n -e 's/^ok 1 - //p' -e 's/^not ok 1 - /SURVIVED /p'; exit $$s

coverage: $(RUNNER)
	@mkdir -p $(PLAN)
	$(file >$(PLAN)/coverage.tsv,$(foreach p,$(firstword $(PORTS)),$(call lines,$p,native)$(call budgetline,$p)))
	@sed -i -e 's/^ *//' -e '/^$$/d' $(PLAN)/coverage.tsv
	$(Q)$(RUNNER) coverage --assertions conformance/assertions $(PLAN)/coverage.tsv

run: $(foreach p,$(PORTS),$(call images_of,$p)) $(call needs_of,$(PORTS)) $(if $(filter B01,$(ONLY_TEST)),$(BUDGETIMAGES) $(NOSPLIT))
	$(call SUITEPLAN,$(PLAN)/run.tsv,$(PORTS))
	@awk -F'\t' '$$2 != "hostile"' $(PLAN)/run.tsv >$(PLAN)/run.ports
	$(Q)mk/run $(PLAN)/run.ports

#: make image OS=freebsd ARCH=386 TEST=S04   the file that this OS loads, in build/image/OS-ARCH/
.PHONY: image
ifneq ($(filter image,$(MAKECMDGOALS)),)
ifeq ($(ONLY_TEST),)
$(error make image: which test? TEST=S04)
endif
endif
image: $(foreach p,$(PORTS),$(call images_of,$p))
	$(Q)$(foreach p,$(PORTS),$(foreach i,$(call images_of,$p),mkdir -p $(BUILD)/image/$(call os_of,$p)-$(call arch_of,$p) && \
		cp $i $(BUILD)/image/$(call os_of,$p)-$(call arch_of,$p)/$(call id_of,$i)$($(call os_of,$p).imagesuffix) &&)) :

port-status: $(foreach p,$(PRESENT),$($p.obj))
	$(Q)mk/status $(PRESENT)
