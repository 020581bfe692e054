# The soak: one program (conformance/programs/R06-soak.c) for SECONDS on each port, natively
# where the machine can, and under the emulator. The suite runs the same one for 2 seconds.

SOAKSECONDS := $(or $(call narrow,SECONDS),60)
SOAKTEST := conformance/programs/R06-soak.c
soak_images = $(foreach p,$(PORTS),$(call image_of,$p,$(SOAKTEST)))

# $1 port: a line for each way that it is run
soaklines = $(if $(call os_key,how,$(1)),$(call arch_of,$(1)) $(call os_of,$(1)) $(call runner_of,$(1))$(call image_of,$(1),$(SOAKTEST))$(NL),$(call soakarch,$(1)))
soakarch = $(foreach h,native $($(call arch_of,$(1)).emulator),$(call arch_of,$(1)) $h $(if $(filter native,$h),,$h )$(call image_of,$(1),$(SOAKTEST))$(NL))

#: make soak SECONDS=60     goroutines of every kind at once, invariants checked; ends in counts (ARCH=386 for one port)
.PHONY: soak
soak: $(soak_images) $(call needs_of,$(PORTS))
	@mkdir -p $(PLAN)
	$(file >$(PLAN)/soak,$(foreach p,$(PORTS),$(call soaklines,$p)))
	$(Q)failed=0; while read -r arch how command <&3; do \
		[ -n "$$arch" ] || continue; \
		if [ $$how = native ]; then case " $($(word 1,$(PORT_ARCHS)).native) $(foreach a,$(PORT_ARCHS),$a:$(subst $(space),:$a:,$($a.native)):) " in \
			*"$$arch:$$(uname -m):"*) ;; *) continue ;; esac; fi; \
		echo "# $$arch $$how, $(SOAKSECONDS) s"; \
		SOAK_SECONDS=$(SOAKSECONDS) timeout $$(($(SOAKSECONDS) + 120)) $$command </dev/null || { echo "# exit status $$?"; failed=1; }; \
	done 3<$(PLAN)/soak; exit $$failed
