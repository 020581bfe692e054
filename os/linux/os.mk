# linux: data of the OS, no rules (keys: mk/port.awk)
archs = amd64 386 arm arm64
sleep = futex
g.amd64 = %fs:rt_g@tpoff
g.386 = %gs:rt_g@ntpoff
g.arm = rt_g(tpoff)
g.arm64 = rt_g
emulated = yes
monotonic = yes
ldflags = -static -nostdlib -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-e,_start
