# 386: data of the architecture, no rules (keys: mk/port.awk)
triple = i686-linux-gnu
cflags = -march=i686 -msse2 -mfpmath=sse -fcf-protection=none -mpreferred-stack-boundary=2 -maccumulate-outgoing-args
coreflags = -mgeneral-regs-only
emulator = qemu-i386
native = x86_64 i686
ptrsize = 4
callsize = 4
endian = little
packages = gcc-i686-linux-gnu gcc-12-plugin-dev-i686-linux-gnu libc6-dev-i386-cross
