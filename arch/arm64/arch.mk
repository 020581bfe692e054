# arm64: data of the architecture, no rules (keys: mk/port.awk)
triple = aarch64-linux-gnu
cflags = -march=armv8-a -mno-outline-atomics -mbranch-protection=none -fomit-frame-pointer -ffixed-x28
coreflags = -mgeneral-regs-only
emulator = qemu-aarch64
native = aarch64
ptrsize = 8
callsize = 0
endian = little
packages = gcc-aarch64-linux-gnu gcc-12-plugin-dev-aarch64-linux-gnu libc6-dev-arm64-cross
