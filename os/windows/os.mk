# windows: data of the OS, no rules (keys: mk/port.awk)
archs = amd64 386
sleep = sema
g.amd64 = %gs:0x28
g.386 = %fs:0x14
emulated = no
monotonic = yes
imagesuffix = .exe
variants = none
how = wine
runner = conformance/hosts/wine/run build/wine {arch}
triple.amd64 = x86_64-w64-mingw32
triple.386 = i686-w64-mingw32
cflags.amd64 = -mabi=sysv -D_WIN64 -mcmodel=small -mno-stackrealign -mno-stack-arg-probe -fno-reorder-functions -fno-move-loop-invariants
cflags.386 = -fno-leading-underscore -mno-stackrealign -mno-stack-arg-probe -fno-reorder-functions
ldflags = -nostdlib -Wl,-e,_start -Wl,--subsystem,console -Wl,--image-base,0x400000 -Wl,--disable-dynamicbase -Wl,--disable-reloc-section -Xlinker --stack=0x40000,0x20000
ldflags.386 = -Wl,--defsym,__start_portkit_stack=___start_portkit_stack,--defsym,__stop_portkit_stack=___stop_portkit_stack
libs = -lkernel32 -lntdll -ladvapi32
skip.Y05 = each depth is tried in a process of its own, by fork, which the system has not got
skip.C15.C16.C17.C19.C20 = its host is a program of a libc with the calling convention of the kit, and the system's is another one
wrap.386 = mk/wrap
