# The image that the debugger test looks at, for each port.
GDBIMAGES := $(foreach p,$(PORTS),$(OUT)/$p/gdb/chain)
$(foreach p,$(PORTS),$(eval $(call IMAGE,$p,conformance/gdb/chain.c,$(OUT)/$p/gdb/chain)))
