# The host of images of other OSs, one program for each arch that it runs on.

PERSONALITYDIR := conformance/hosts/personality
personality_of = $(TOOLDIR)/personality-$(1)
personality_archs := $(filter $(ARCHS),$(patsubst $(PERSONALITYDIR)/%/machine.h,%,$(wildcard $(PERSONALITYDIR)/*/machine.h)))

# The models that the arch names, and all the rest; *9.c belong to the one of Plan 9, *_darwin.c to Darwin's.
personality_models = $(addsuffix .c,$(addprefix $(PERSONALITYDIR)/,$(shell sed -n 's/^\#define MODELS //p' $(PERSONALITYDIR)/$(1)/machine.h | tr -d '&,')))
personality_src = $(filter-out $(PERSONALITYDIR)/model_% $(if $(filter %_plan9.c,$(call personality_models,$(1))),,%9.c) $(if $(filter %_darwin.c,$(call personality_models,$(1))),,%_darwin.c),$(wildcard $(PERSONALITYDIR)/*.c)) $(call personality_models,$(1)) $(PERSONALITYDIR)/$(1)/machine.S

# $1 arch. Above the images, whose calls of the kernel are told from its own by where they are.
define PERSONALITY
$(call personality_of,$(1)): $(call personality_src,$(1)) $(wildcard $(PERSONALITYDIR)/*.h $(PERSONALITYDIR)/$(1)/*.h) $(PERSONALITYDIR)/personality.mk | setup
	$$(call say,HOSTCC personality $(1))
	@mkdir -p $$(@D)
	$$(Q)$($(1).triple)-gcc -std=gnu11 -O2 -g -ffreestanding -fno-stack-protector -fno-pic -fno-pie $($(1).cflags) \
		-fno-tree-loop-distribute-patterns -fno-asynchronous-unwind-tables -mgeneral-regs-only -Wall -Wextra -Werror \
		-I$(PERSONALITYDIR) -I$(PERSONALITYDIR)/$(1) -static -nostdlib -no-pie -Wl,--build-id=none -Wl,-Ttext-segment=0x70000000 \
		$$(filter %.c %.S,$$^) -lgcc -o $$@
endef
$(foreach a,$(personality_archs),$(eval $(call PERSONALITY,$a)))

# Every port whose command is that program.
$(foreach o,$(OSES),$(foreach a,$($o.archs),$(if $(findstring /personality-$a,$($o.runner.$a)),$(eval needs.$a-$o += $(call personality_of,$a)))))

# Its own tests, of the models that they know: see hostlines in mk/suite.mk.
personality_ports = $(foreach p,$(PORTS),$(if $(filter freebsd netbsd openbsd darwin,$(call os_of,$p)),$(if $(filter %/personality-$(call arch_of,$p),$(call os_key,runner,$p)),$p)))
hosttests += $(foreach p,$(call personality_ports),$(call host,hosts,personality-$p,$(PERSONALITYDIR)/test.sh,600,$(PERSONALITYDIR)/test.sh $(call os_of,$p) $(call arch_of,$p) $(call triple_of,$p) $(call os_key,runner,$p)))
