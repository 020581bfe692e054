# plan9: data of the OS, no rules (keys: mk/port.awk)
archs = amd64 386
sleep = sema
g.amd64 = 0x7fffff7ff000
g.386 = 0xdf7ff000
emulated = no
monotonic = no nsec(2) is the time of day: the kernel has no other clock that a process can read in one call
ldflags = -static -nostdlib -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-T,os/plan9/image.ld
ldflags.amd64 = -Wl,--defsym=TEXT=0x200028,--defsym=ROUND=0x200000
ldflags.386 = -Wl,--defsym=TEXT=0x1020,--defsym=ROUND=0x1000
cflags.amd64 = -DG_FAR
writer = plan9
variants = hostile
how = personality
runner = build/tools/personality-{arch} plan9
skip.C15.C16.C17.C19.C20 = the host is a program of a libc, and there is none of Plan 9 here
skip.Y05 = it reads what copies of the process say, and the host has no rfork without RFMEM
