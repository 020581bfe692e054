# amd64: data of the architecture, no rules (keys: mk/port.awk)
triple = x86_64-linux-gnu
cflags = -ffixed-r14 -mno-red-zone -fcf-protection=none -maccumulate-outgoing-args
coreflags = -mgeneral-regs-only
emulator = qemu-x86_64
native = x86_64
ptrsize = 8
callsize = 8
endian = little
packages = gcc gcc-12-plugin-dev
