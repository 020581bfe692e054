# darwin: data of the OS, no rules (keys: mk/port.awk)
archs = amd64 386
shared = bsd
sleep = sema
g.amd64 = %gs:0x8a0
g.386 = %gs:0x468
emulated = no
monotonic = yes
ldflags = -static -nostdlib -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-T,os/darwin/image.ld
writer = darwin
variants = hostile
how = personality
runner = build/tools/personality-{arch} darwin
skip.C15.C16.C17.C19.C20 = the host is a program of a libc, and there is none of Darwin here
