# arm: data of the architecture, no rules (keys: mk/port.awk)
triple = arm-linux-gnueabihf
cflags = -marm -march=armv7-a+fp -mfloat-abi=hard -ffixed-r10
coreflags = -mgeneral-regs-only
emulator = qemu-arm
native = armv7l
ptrsize = 4
callsize = 0
endian = little
packages = gcc-arm-linux-gnueabihf gcc-12-plugin-dev-arm-linux-gnueabihf libc6-dev-armhf-cross
