# freebsd: data of the OS, no rules (keys: mk/port.awk)
archs = amd64 386 arm
shared = bsd
sleep = futex
g.amd64 = %fs:g@tpoff
g.386 = %gs:g@ntpoff
g.arm = g(tpoff)
emulated = no
monotonic = yes
ldflags = -static -nostdlib -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-e,_start
ldflags.amd64 = -Wl,-e,freebsd_start
variants = hostile
how = personality
runner = build/tools/personality-{arch} freebsd
how.arm = qemu-arm+personality
runner.arm = qemu-arm build/tools/personality-arm freebsd
skip.C15.C16.C17.C19.C20 = the host is a program of a libc, and there is none of FreeBSD here
