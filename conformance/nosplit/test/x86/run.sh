#!/bin/sh
# run.sh - tests the x86 decoders of nosplit: TAP on stdout.
# usage: conformance/nosplit/test/x86/run.sh [PROGRAM...]	more programs to sweep, 386 or amd64
# Assembles the cases with the real assembler, so that their encodings are true ones, and
# reads the code of whole programs as objdump does, and compares the ops with runs under
# qemu-user. CC, CFLAGS: as make has them.
. conformance/nosplit/test/tap.sh
dir=conformance/nosplit/test/x86
cc=${CC:-cc}

if $cc -std=c11 -D_GNU_SOURCE ${CFLAGS:--O2 -g -Wall -Wextra -Werror} -o "$tmp/x86" $dir/*.c \
	conformance/nosplit/x86*.c conformance/nosplit/util.c -lZydis >"$tmp/log" 2>&1
then
	point 0 'the decoders and their test build'
else
	point 1 'the decoders and their test build' "$tmp/log"
	finish
fi

for arch in amd64 386
do
	bits=64
	[ $arch = amd64 ] || bits=32
	awk -F '\t' -v bits=$bits '
		BEGIN { print ".text" }
		/^#/ || NF < 2 { next }
		$1 == bits || $1 == "v" bits || $1 == "any" { printf ".p2align 5,0xcc\n# line %d\n%s\n", NR, $2 }
		END { print ".p2align 5,0xcc" }' $dir/cases >"$tmp/cases.s"
	as --$bits -o "$tmp/cases.o" "$tmp/cases.s" >"$tmp/log" 2>&1 &&
		objcopy -O binary -j .text "$tmp/cases.o" "$tmp/cases.bin" >>"$tmp/log" 2>&1 &&
		"$tmp/x86" cases $arch $dir/cases "$tmp/cases.bin" >>"$tmp/log" 2>&1
	point $? "$arch: each case has the ops that it should have" "$tmp/log"
	"$tmp/x86" random $arch 1 "${RANDOM_BYTES:-2000000}" >"$tmp/log" 2>&1
	point $? "$arch: the two decoders agree on random bytes" "$tmp/log"
done

sweep() { # FILE of $arch
	start=$(objdump -h "$1" | awk '$2 == ".text" { print $4 }')
	[ -n "$start" ] && objcopy -O binary -j .text "$1" "$tmp/text.bin" || return
	objdump -d -z -j .text --no-show-raw-insn "$1" | "$tmp/x86" sweep $arch "$tmp/text.bin" "$start" >"$tmp/log" 2>&1
	point $? "$arch: $(basename "$1"): $(tail -n 1 "$tmp/log")" "$tmp/log"
	"$tmp/x86" speed $arch "$tmp/text.bin" | sed 's/^/# /'
}

swept=
# Not the kit's images of 386: in their slow paths a number follows the return.
for f in "$tmp/x86" build/amd64-linux/test/* "$@"
do
	[ -f "$f" ] || continue
	case $(objdump -f "$f" 2>/dev/null | sed -n 's/.*file format //p') in
	elf64-x86-64) arch=amd64 ;;
	elf32-i386) arch=386 ;;
	*) continue ;;
	esac
	case $f in
	build/*) # of the kit's images, one of each arch will do
		case $swept in *" $arch "*) continue ;; esac
		swept="$swept $arch "
		;;
	esac
	sweep "$f"
done
for arch in amd64 386
do
	cross=$(triple $arch)-gcc
	emulator=qemu-x86_64
	[ $arch = amd64 ] || emulator=qemu-i386
	for program in odd.S libc.c
	do
		text="$arch: $program: the ops are what a run does"
		libs=
		case $program in *.S) libs=-nostdlib ;; esac
		if ! command -v $emulator >/dev/null 2>&1; then
			skip "$text" "there is no $emulator"
		elif ! $cross -O1 -static -no-pie $libs -o "$tmp/program" $dir/prog/$program >"$tmp/log" 2>&1; then
			skip "$text" "$cross does not build it: $(head -n 1 "$tmp/log")"
		else
			case $program in *.c) sweep "$tmp/program" ;; esac
			objcopy -O binary -j .text "$tmp/program" "$tmp/text.bin"
			start=$(objdump -h "$tmp/program" | awk '$2 == ".text" { print $4 }')
			$emulator -singlestep -d cpu,nochain -D /dev/stdout "$tmp/program" |
				"$tmp/x86" trace $arch "$tmp/text.bin" "$start" >"$tmp/log" 2>&1
			point $? "$text: $(tail -n 1 "$tmp/log")" "$tmp/log"
		fi
	done
done
finish
