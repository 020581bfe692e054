#!/bin/sh
# Bad input of the build: each gets one clear line that says what, where and what
# to do, and the right exit status: 2 for usage and set-up, 1 for a finding (make
# itself exits 2 whatever fails, so a tool is asked directly). Called from the
# project's root; works on a copy of the tree, with the tools and the amd64 plugin
# of build/. TOOLDIR, PLUGINDIR: where they are. Prints TAP; exit 1 if not ok.
# shellcheck disable=SC2016,SC2086,SC2317 # $ of sed; lists of files; functions called by name
set -u
unset MAKEFLAGS MFLAGS MAKELEVEL GNUMAKEFLAGS

if [ ! -f mk/bootstrap ] || [ ! -f core/port.list ]; then
	echo "conformance/setup/test.sh: run it from the project's root" >&2
	exit 2
fi
root=$(pwd)
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
tree=$tmp/tree
mkdir "$tree"
cp -Rp Makefile arch core os mk conformance "$tree" || exit 2
# By short names: make takes no space in one, and the project may be anywhere.
ln -s "${TOOLDIR:-$root/build/tools}" "$tmp/tools" || exit 2
ln -s "${PLUGINDIR:-$root/build/plugin}" "$tmp/plugin" || exit 2
tools=../tools plugin=../plugin
contract=$tools/contract
cd "$tree" || exit 2

n=0 failed=0
verdict() { # 0 if it passed, text
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		failed=1
		echo "not ok $n - $2"
		head -12 "$tmp/out" | sed 's/^/# /'
	fi
}
# text, status, extended regex that a line of the output matches, command...
expect() {
	text=$1 want=$2 pattern=$3
	shift 3
	"$@" >"$tmp/out" 2>&1 </dev/null
	status=$?
	bad=0
	if [ $status -ne "$want" ]; then
		bad=1
		echo "(expected exit status $want, found $status)" >>"$tmp/out"
	fi
	if ! grep -Eq -- "$pattern" "$tmp/out"; then
		bad=1
		echo "(expected a line like: $pattern)" >>"$tmp/out"
	fi
	verdict $bad "$text"
}
kitmake() {
	make --no-print-directory SETUP=no TOOLDIR="$tools" PLUGINDIR="$plugin" "$@"
}

echo 'TAP version 13'

# ---- names on the command line ----
expect 'an unknown ARCH' 2 'ARCH=vax: no such arch: expected one of: .*amd64' kitmake report ARCH=vax
expect 'an unknown OS' 2 'OS=vms: no such os: expected one of: .*linux' kitmake report OS=vms
expect 'an unknown TEST' 2 'TEST=Z99: no such test: .*conformance/assertions' kitmake run TEST=Z99
expect 'run without TEST' 2 'make run: which test\?' kitmake -n run ARCH=amd64
! grep -q contract "$tmp/out"
verdict $? 'and that is said before anything is built'
expect 'status of an unknown port' 2 'mk/status: vax-linux: no such port: expected ARCH-OS' mk/status vax-linux
expect 'status without a port' 2 'usage: mk/status' mk/status
expect 'status before anything is built' 2 'not built: run make port-status' env BUILD="$tmp/none" mk/status amd64-linux
expect 'a bad call of the contract check' 2 'usage: contract' "$contract" objects
mkdir arch/vax
sed 's/x86_64-linux-gnu/vax-linux-gnu/' arch/amd64/arch.mk >arch/vax/arch.mk
expect 'an OS without that ARCH' 2 'OS=linux has no ARCH=vax: os/linux/os.mk lists: .*amd64' kitmake report OS=linux ARCH=vax
rm -r arch/vax

# ---- arch.mk and os.mk ----
# text, file, sed program, regex of the one line
data() {
	mkdir -p "$tmp/data/$(dirname "$2")"
	sed "$3" "$2" >"$tmp/data/$2"
	expect "$1" 2 "$4" sh -c 'cd "$0" && awk -f "$1/mk/port.awk" "$2"' "$tmp/data" "$tree" "$2"
}
a=arch/amd64/arch.mk o=os/linux/os.mk
data 'arch.mk without a key' $a /^triple/d "error: $a: missing key 'triple': add a line"
data 'arch.mk with an unknown key' $a 's/^emulator/emulater/' "error: $a:[0-9]+: unknown key 'emulater': expected one of: triple"
data 'arch.mk with a key twice' $a '$s/.*/&\ncallsize = 8/' "error: $a:[0-9]+: key 'callsize' given twice, first in line [0-9]+"
data 'arch.mk with a bad value' $a 's/^ptrsize.*/ptrsize = 7/' "error: $a:[0-9]+: ptrsize = 7: expected one of: 4 8"
data 'arch.mk with a line that is no key' $a '2s/.*/garbage/' "error: $a:2: expected 'key = value', found 'garbage'"
data 'os.mk without a key' $o /^archs/d "error: $o: missing key 'archs'"
data 'os.mk without g of an arch' $o /^g.arm/d "error: $o: missing key 'g.arm': where arm keeps g"
data 'os.mk with an unknown sleep model' $o 's/^sleep.*/sleep = futex nap/' "error: $o:[0-9]+: sleep = futex nap: expected one of: futex sema"
data 'os.mk with a bad value' $o 's/^emulated.*/emulated = maybe/' "error: $o:[0-9]+: emulated = maybe: expected one of: yes no"
data 'os.mk with a command for an arch, and no label' $o '$s/.*/&\nrunner.arm = sh/' "error: $o: 'how.arm' and 'runner.arm' go together"
data 'os.mk with an unknown variant' $o '$s/.*/&\nvariants = sema O9/' "error: $o:[0-9]+: variants: 'O9': expected some of: none sema hostile"
data 'os.mk that skips what is no test' $o '$s/.*/&\nskip.sleep = no time/' "error: $o:[0-9]+: unknown key 'skip.sleep'"
data 'os.mk without a reason for a clock that jumps' $o 's/^monotonic.*/monotonic = no/' "error: $o:[0-9]+: monotonic = no: expected yes, or no and the reason"
cp -p $a "$tmp/saved"
sed /^triple/d "$tmp/saved" >$a
expect 'make with a malformed arch.mk' 2 "$a: missing key 'triple'" kitmake help
cp -p "$tmp/saved" $a

# ---- the build folder ----
mkdir -p build
printf 'x:\n\t@sleep 60\n' >"$tmp/other.mk"
make -f "$tmp/other.mk" x 2>/dev/null &
other=$!
echo $other >build/make.pid
sleep 0.2 # until it is no shell any more
expect 'two makes at once' 2 "another make \(process $other\) is at work in build/: wait for it, or end it" kitmake report
expect 'make help beside another make' 0 '^make check ' kitmake help
kill $other
wait $other 2>/dev/null
expect 'a make that has ended is in nobody'"'"'s way' 0 '^rm -rf build' kitmake V=1 clean
rm -rf build
echo no folder >build
expect 'a build folder that cannot be written' 2 'build/: cannot be written: change' kitmake report
rm build

# ---- set-up ----
bin=$tmp/bin
mkdir "$bin" "$tmp/fake"
for t in sh env uname gcc g++ clang llvm-readobj readelf gdb-multiarch script dot xmllint mandoc sort tr mkdir tail x86_64-linux-gnu-gcc qemu-x86_64; do
	path=$(command -v $t) && ln -s "$path" "$bin/$t"
done
printf '#!/bin/sh\necho 1000\n' >"$bin/id"
printf '#!/bin/sh\ntouch %s\n' "$tmp/aptran" >"$bin/apt-get"
printf '#!/bin/sh\n[ "$1" = --version ] || echo %s\n' "$tmp/fake" >"$bin/none-gcc"
chmod +x "$bin/id" "$bin/apt-get" "$bin/none-gcc"
line='mk/bootstrap: missing: .*- as root, run: apt-get install -y --no-remove --no-install-recommends'
boot() { env PATH="$bin" "${setup:-SETUP=yes}" sh mk/bootstrap "$@"; }
expect 'nothing is missing' 0 '^$' sh -c 'PATH="$0" sh mk/bootstrap x86_64-linux-gnu qemu-x86_64 gcc && echo' "$bin"
expect 'a missing compiler, without root' 2 "$line .*gcc-vax" boot vax-linux-gnu qemu-x86_64 'gcc-vax'
expect 'missing plugin headers' 2 "$line .*gcc-12-plugin-dev" boot none qemu-x86_64 'gcc gcc-12-plugin-dev'
expect 'a missing emulator' 2 "$line .*qemu-user" boot x86_64-linux-gnu qemu-vax gcc
rm "$bin/gdb-multiarch"
expect 'a missing debugger' 2 "$line .*gdb-multiarch" boot x86_64-linux-gnu qemu-x86_64 gcc
printf '#!/bin/sh\necho 0\n' >"$bin/id"
setup=SETUP=no
expect 'SETUP=no installs nothing, even as root' 2 "$line" boot x86_64-linux-gnu qemu-vax gcc
[ ! -e "$tmp/aptran" ]
verdict $? 'apt-get was not run by any of these'
printf '#!/bin/sh\necho E: no network\nexit 100\n' >"$bin/apt-get"
setup=SETUP=yes
expect 'packages that cannot be installed' 2 'mk/bootstrap: could not install .*see build/bootstrap.log, or run: apt-get install' \
	boot x86_64-linux-gnu qemu-vax gcc
printf '#!/bin/sh\n[ "$1" = install ]\n' >"$bin/apt-get"
expect 'an index that cannot be had, but packages that can' 0 'mk/bootstrap: installing gdb-multiarch qemu-user' boot x86_64-linux-gnu qemu-vax gcc
! grep -Eh '^[^#]*multilib' mk/bootstrap mk/wine arch/*/arch.mk >"$tmp/out"
verdict $? 'gcc-multilib is never asked for'

# ---- set-up of Wine: what dpkg knows of architectures is a file here ----
for t in sed grep rm cat touch; do
	ln -sf "$(command -v $t)" "$bin/$t"
done
wine() { env PATH="$bin" "$setup" sh mk/wine "$tmp/wine" 386; }
cat >"$bin/dpkg" <<-EOT
	#!/bin/sh
	case \$1 in
	--add-architecture) touch "$tmp/foreign" ;;
	--remove-architecture) rm "$tmp/foreign" ;;
	--print-foreign-architectures) [ ! -e "$tmp/foreign" ] || echo i386 ;;
	esac
EOT
printf '#!/bin/sh\n[ "$1" = update ] || echo E: held broken packages.\ntouch %s\nexit 100\n' "$tmp/aptran" >"$bin/apt-get"
chmod +x "$bin/dpkg"
setup=SETUP=no
expect 'Wine without leave to install' 0 'mk/wine: windows/386 is skipped: not installed: .*wine32:i386' wine
[ ! -e "$tmp/aptran" ] && [ ! -e "$tmp/foreign" ] && grep -q '^not installed: .*wine32:i386' "$tmp/wine/wine/386.missing"
verdict $? 'and nothing was tried, and the port knows why it is skipped'
setup=SETUP=yes
expect 'Wine that cannot be installed is announced first' 0 'for that the architecture i386 is added to dpkg' wine
grep -qx 'mk/wine: windows/386 is skipped: apt-get: held broken packages.' "$tmp/out"
verdict $? "and skipped with apt's own message"
[ -e "$tmp/aptran" ] && [ ! -e "$tmp/foreign" ]
verdict $? 'and the architecture that was added for it is gone again'
touch "$tmp/foreign"
wine >"$tmp/out" 2>&1
[ -e "$tmp/foreign" ]
verdict $? 'but not one that was there before'

# ---- the contract, in the compiler ----
gen() { # part, more awk arguments
	part=$1
	shift
	awk -v part="$part" -v arch=amd64 -v os=linux -v ptrsize=8 -v callsize=8 -v endian=little "$@" \
		-f mk/contract/contract.awk core/port.list >"$tmp/gen/contract_$part.h"
}
compile() {
	printf '#include "rt.h"\nuintptr_t use(void)\n{\n\tsetg(0);\n\treturn (uintptr_t)getg();\n}\n' >"$tmp/use.c"
	x86_64-linux-gnu-gcc -std=gnu11 -ffreestanding -ffixed-r14 -Wall -Wextra -Werror "$split" -Icore -Iarch/amd64 -Ios/linux \
		-Ios/linux/amd64 -I"$tmp/gen" '-DG_OPERAND=%%fs:rt_g@tpoff' -c "$tmp/use.c" -o "$tmp/use.o"
}
split="-fplugin=$plugin/amd64/split.so"
mkdir "$tmp/gen"
gen decl && gen check
compile >"$tmp/out" 2>&1
verdict $? 'a whole arch.h'
cp -p arch/amd64/arch.h "$tmp/saved"
lineof() { grep -n "^$1	" core/port.list | cut -d: -f1; }
sed '/define MoreRet/d' "$tmp/saved" >arch/amd64/arch.h
expect 'arch.h without a constant' 1 "#error \"arch/amd64: missing MoreRet: .*\(core/port.list:$(lineof MoreRet)\)" compile
sed 's/setg/setgg/' "$tmp/saved" >arch/amd64/arch.h
expect 'arch.h without an inline function' 1 "core/port.list:$(lineof setg):.*setg" compile
cp -p "$tmp/saved" arch/amd64/arch.h
gen check -v ptrsize=4
expect 'ptrsize of arch.mk differs from arch.h' 1 'arch/amd64: PtrSize in arch.h differs from ptrsize in arch.mk' compile
cp core/port.list "$tmp/saved"
sed "$(lineof lessstack)s/	nosplit//" "$tmp/saved" >core/port.list
expect 'port.list with a wrong number of fields: headers' 2 "core/port.list:$(lineof lessstack): expected 7 tab-separated fields, found 6" \
	awk -v part=decl -f mk/contract/contract.awk core/port.list
expect 'port.list with a wrong number of fields: check' 2 "core/port.list:$(lineof lessstack): expected 7 tab-separated fields" \
	"$contract" image core/port.list /dev/null
cp -p "$tmp/saved" core/port.list

# ---- the contract, in objects and images ----
cc='x86_64-linux-gnu-gcc -std=gnu11 -ffreestanding -ffixed-r14 -mno-red-zone -fcf-protection=none -maccumulate-outgoing-args
	-fno-ipa-ra -fno-stack-protector -fno-pic -fno-pie -O2'
kitmake ARCH=amd64 build/amd64-linux/contract.ok >"$tmp/out" 2>&1
verdict $? 'the objects of a whole port pass'
objects=$(find build/amd64-linux/core build/amd64-linux/arch build/amd64-linux/os -name '*.o')
others=$(printf '%s\n' $objects | grep -v amd64/switch.o)
check() { "$contract" objects amd64 linux futex core/port.list "$@"; }
expect 'make run of a test that throws' 0 '^# throws, as it must: passed' kitmake run TEST=L03 ARCH=amd64 OS=linux
printf 'linux/amd64\tfutex\tnative\tlock\tL03\tnone.c\t9\tfalse\n' >x.tsv
expect 'make run of a test that fails' 1 '^# exit status 1' mk/run x.tsv
mkdir -p x/arch/amd64
object() { # name, text of assembly
	printf '%s\n' "$2" >x/arch/amd64/"$1".s
	x86_64-linux-gnu-gcc -c x/arch/amd64/"$1".s -o x/arch/amd64/"$1".o
}
object surplus '.set portkit.split, 1; .globl surplus; surplus: ret'
object theirs '.set portkit.split, 1; .globl osexit; osexit: ret'
object plain '.globl none; nop'
expect 'a missing symbol' 1 "arch/amd64: missing gosave: .*\(core/port.list:$(lineof gosave)\)" check $others
expect 'a surplus symbol' 1 'arch/amd64: surplus symbol surplus in .*: not in core/port.list: make it static' check $objects x/arch/amd64/surplus.o
expect 'an os symbol that the arch defines' 1 "arch/amd64: .*defines osexit, which belongs to the os \(core/port.list:$(lineof osexit)\)" \
	check $objects x/arch/amd64/theirs.o
expect 'an object built without the plugin' 1 'plain.o: built without the split plugin: .*-fplugin' check $objects x/arch/amd64/plain.o
echo text >x/text.o
head -c 900 build/amd64-linux/core/stack.o >x/short.o
expect 'an object that is not ELF' 2 'x/text.o: neither an ELF nor a COFF file' check $objects x/text.o
expect 'an object that is cut short' 2 'x/short.o: .*(cut short|corrupt|damaged)' check $objects x/short.o
expect 'an object that is not there' 2 'x/none.o: No such file' check $objects x/none.o

# text, regex, C text, flags to compile, flags to link
image() {
	printf '%s\n' "$3" >x/image.c
	# shellcheck disable=SC2086 # lists of flags
	if $cc $4 -c x/image.c -o x/image.o >"$tmp/out" 2>&1 &&
		$cc $5 -nostdlib -static -Wl,-e,f -Wl,--unresolved-symbols=ignore-all x/image.o -o x/image >"$tmp/out" 2>&1; then
		expect "$1" 1 "$2" "$contract" image core/port.list x/image
	else
		verdict 1 "$1"
	fi
}
f='void g(char *); void f(void) { char c[500]; g(c); }'
image 'a function without a stack record' 'x/image: f has no stack record: .*without the split plugin' "$f" '' ''
image 'a link with -flto that does not load the plugin' 'x/image: f has no stack record: .*-flto' "$f" "$split -flto" -flto
image 'an image without symbols' 'x/image: has no symbol table, so its functions cannot be checked: link it without -s' "$f" "$split" -s
image 'a nosplit function of the contract that splits' \
	"x/image: osexit splits, but core/port.list:$(lineof osexit) says nosplit: mark it NOSPLIT" \
	'void g(char *); void osexit(int s) { char c[500]; c[0] = s; g(c); } void f(void) { osexit(1); }' "$split" ''

# ---- targets ----
cp -Rp . "$tmp/a tree" # objects, with what they depend on, are there
rm -f "$tmp/a tree/build/amd64-linux/contract.ok" "$tmp/a tree/build/amd64-linux/core/print.o"
expect 'a path with a space' 0 'CC amd64-linux core/print.c' kitmake -C "$tmp/a tree" ARCH=amd64 build/amd64-linux/contract.ok
rm -rf build
expect 'make clean, then make help' 0 '^make check ' sh -c 'make clean && make help'
make help >"$tmp/help" 2>&1
sed -n 's/^\.PHONY: *//p' Makefile mk/*.mk | tr ' ' '\n' | sort -u |
	while read -r t; do
		case $t in help | setup | images | plugins | '') continue ;; esac
		grep -q "^make $t\\b" "$tmp/help" || echo "make help says nothing of: $t"
	done >"$tmp/out"
[ ! -s "$tmp/out" ]
verdict $? 'make help lists every public target'
printf '#!/bin/sh\ntouch %s\n' "$tmp/bootran" >mk/bootstrap
make -n check >"$tmp/out" 2>&1
[ ! -e "$tmp/bootran" ]
verdict $? 'make -n sets nothing up'

echo "1..$n"
exit $failed
