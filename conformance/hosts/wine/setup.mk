# windows: set-up of what builds its images and runs them; absent.PORT says why a port is
# skipped on this machine.
WINE_ARCHS := $(foreach p,$(filter %-windows,$(PORTS)),$(call arch_of,$p))
ifneq ($(WINE_ARCHS),)
ifneq ($(if $(DRYRUN),,$(filter-out help clean setup,$(MAKECMDGOALS))),)
ifneq ($(shell mk/wine $(BUILD) $(WINE_ARCHS) || echo failed),)
$(error mk/wine failed: see above)
endif
endif
$(foreach a,$(WINE_ARCHS),$(eval absent.$a-windows := $(shell cat $(BUILD)/wine/$a.missing 2>/dev/null)))
endif
