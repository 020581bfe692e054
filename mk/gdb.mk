# The image that the debugger test looks at, for each arch of linux.
GDBIMAGES := $(foreach p,$(filter %-linux,$(PORTS)),$(OUT)/$p/gdb/chain)
$(foreach p,$(filter %-linux,$(PORTS)),$(eval $(call IMAGE,$p,conformance/gdb/chain.c,$(OUT)/$p/gdb/chain)))
