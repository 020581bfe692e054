# netbsd: data of the OS, no rules (keys: mk/port.awk)
archs = amd64 386 arm
shared = bsd
sleep = sema
g.amd64 = %fs:g@tpoff
g.386 = %gs:g@ntpoff
g.arm = g(tpoff)
emulated = no
monotonic = yes
ldflags = -static -nostdlib -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-e,_start
variants = hostile
how.amd64 = personality
runner.amd64 = build/tools/personality-amd64 netbsd
how.386 = personality
runner.386 = build/tools/personality-386 netbsd
how.arm = qemu-arm+personality
runner.arm = qemu-arm build/tools/personality-arm netbsd
skip.C15 = the host is a program of a libc, and there is none of NetBSD here
skip.C16 = the host is a program of a libc, and there is none of NetBSD here
skip.C17 = the host is a program of a libc, and there is none of NetBSD here
skip.C19 = the host is a program of a libc, and there is none of NetBSD here
skip.C20 = the host is a program of a libc, and there is none of NetBSD here
