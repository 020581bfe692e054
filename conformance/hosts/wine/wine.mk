# The folder in which Wine keeps what windows is to its programs.
$(foreach p,$(filter %-windows,$(PRESENT)),$(eval needs.$p := $(BUILD)/wine/prefix.ok))

$(BUILD)/wine/prefix.ok: conformance/hosts/wine/prefix conformance/hosts/wine/run
	$(Q)rm -f $@ && conformance/hosts/wine/prefix $(BUILD)/wine
