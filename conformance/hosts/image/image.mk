# What makes of an ELF image the file that an OS loads (key `writer` of os.mk).

IMAGEWRITER := $(TOOLDIR)/image
$(eval $(call HOSTTOOL,image,$(wildcard conformance/hosts/image/*.c)))
