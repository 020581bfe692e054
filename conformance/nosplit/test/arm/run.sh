#!/bin/sh
# run.sh - tests the arm decoder of nosplit, A32 and T32: TAP on stdout.
# usage: conformance/nosplit/test/arm/run.sh [PROGRAM...]	more arm programs to sweep
# Assembles the cases with the real assembler, so that their encodings are true ones; reads
# whole programs, and random words, against objdump; runs programs in qemu-arm, if it is
# there, and compares what each instruction did with its ops. CC, CFLAGS: as make has them.
. conformance/nosplit/test/tap.sh
dir=conformance/nosplit/test/arm
hostcc=${CC:-cc} cc=${ARMCC:-arm-linux-gnueabihf-gcc}
as=$(tool as) ld=$(tool ld) objdump=$(tool objdump)

build() { # OUTPUT FLAGS
	out=$1
	shift
	"$hostcc" -std=c11 -D_GNU_SOURCE "$@" -o "$out" $dir/*.c conformance/nosplit/arm*.c \
		conformance/nosplit/util.c -lcapstone >"$tmp/log" 2>&1
}

# shellcheck disable=SC2086
build "$tmp/fast" ${CFLAGS:--O2 -g -Wall -Wextra -Werror} &&
	build "$tmp/decode" -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
point $? 'the decoder and its test build' "$tmp/log" || finish

cases() { # FILE MODE
	{
		printf '.syntax unified\n.%s\n.arch armv8-a\n.fpu neon-fp-armv8\n' "$2"
		sed -e '/^#/d' -e 's/|.*//' "$dir/$1.cases"
	} >"$tmp/cases.s"
	"$as" -W -mimplicit-it=never -o "$tmp/cases.o" "$tmp/cases.s" >"$tmp/log" 2>&1 || return
	"$objdump" -d -z "$tmp/cases.o" | "$tmp/decode" show | sed 's/.* | //' >"$tmp/found"
	sed -e '/^[#.]/d' "$dir/$1.cases" >"$tmp/lines"
	paste -d '|' "$tmp/lines" "$tmp/found" | awk -F '|' '
		{ want = $2; sub(/^ /, "", want) }
		want != $3 { printf "%s: expected %s, found %s\n", $1, want, $3; bad = 1 }
		END { exit bad }' >"$tmp/log"
}

sweep() { # TEXT FLAGS FILE
	# shellcheck disable=SC2086
	"$objdump" $2 -z "$3" >"$tmp/listing" || return
	"$tmp/decode" check <"$tmp/listing" >"$tmp/log" 2>&1
	point $? "$1: $(tail -n 1 "$tmp/log")" "$tmp/log"
	"$tmp/fast" speed <"$tmp/listing" | sed 's/^/# /'
}

# The log is compared with the code of FILE, which is loaded at the first address less its entry.
run() { # TEXT FILE [COMMAND...]
	name=$1 file=$2
	shift 2
	[ $# -gt 0 ] || set -- "$file"
	"$objdump" -d -z "$file" >"$tmp/listing"
	timeout 60 qemu-arm -singlestep -d cpu,nochain -D "$tmp/cpu" "$@" >"$tmp/log" 2>&1
	entry=$("$objdump" -f "$file" | sed -n 's/^start address //p')
	first=0x$(sed -n '/R15=/{s/.*R15=//p;q;}' "$tmp/cpu")
	"$tmp/decode" trace "$tmp/cpu" "$(printf %x $((first - (entry & ~1))))" <"$tmp/listing" >"$tmp/log" 2>&1
	point $? "$name: $(tail -n 1 "$tmp/log")" "$tmp/log"
	rm -f "$tmp/cpu"
}

cases a32 arm
point $? 'A32: each case has the ops that it should have' "$tmp/log"
cases t32 thumb
point $? 'T32: each case has the ops that it should have' "$tmp/log"

# T32: what the compiler brings. A32: the kit, if it is built.
libgcc=$($cc -print-libgcc-file-name)
set -- "$@" build/arm-linux/test/K01-family build/arm-linux-O0/test/A02-layout
for l in libgcc libgomp libubsan
do
	[ -f "${libgcc%/*}/$l.a" ] || continue
	"$ld" -z muldefs --unresolved-symbols=ignore-all -e 0 -o "$tmp/$l" --whole-archive "${libgcc%/*}/$l.a" >"$tmp/log" 2>&1 &&
		set -- "$@" "$tmp/$l"
done
for f
do
	[ ! -f "$f" ] || sweep "$(basename "$f")" -d "$f"
done

# Every stub that the linker makes: into farm, into fthumb, or through the GOT entry of ext.
printf '.arch armv7-a\n.arm\n.global ext\n.type ext, %%function\next: bx lr\n' | "$as" -o "$tmp/ext.o" &&
	"$as" -o "$tmp/veneer.o" $dir/veneer.s && "$ld" -shared -o "$tmp/libext.so" "$tmp/ext.o"
for pie in -no-pie -pie
do
	"$ld" $pie --section-start=.far=0x10000000 -o "$tmp/veneer" "$tmp/veneer.o" "$tmp/libext.so" &&
		"$objdump" -d -z "$tmp/veneer" >"$tmp/listing"
	got=$("$objdump" -R "$tmp/veneer" | sed -n 's/^0*\([0-9a-f]*\) R_ARM_JUMP_SLOT *ext$/\1/p')
	sed -n -e 's/^0*\([0-9a-f]*\) <\(__.*\)>:$/\1 \2/p' -e 's/^0*\([0-9a-f]*\) <\(ext@plt\)>:$/\1 \2/p' \
		"$tmp/listing" >"$tmp/stubs"
	n=0
	: >"$tmp/log"
	while read -r at name
	do
		case $name in
		__farm*) want='target 10000000 a' ;;
		__fthumb*) want='target 10000004 t' ;;
		*) want="slot $got" ;;
		esac
		found=$("$tmp/decode" veneer "$at" <"$tmp/listing")
		[ "$found" = "$want" ] || echo "$at $name: expected $want, found $found" >>"$tmp/log"
		n=$((n + 1))
	done <"$tmp/stubs"
	[ $n -ge 5 ] && [ ! -s "$tmp/log" ]
	point $? "$n stubs of the linker ($pie)" "$tmp/log"
done

"$tmp/fast" constants "${RANDOM_WORDS:-3000000}" >"$tmp/log" 2>&1
point $? "numbers that stand for addresses: $(tail -n 1 "$tmp/log")" "$tmp/log"

# Whatever the bytes are: no complaint of the sanitizers.
head -c 400000 "$tmp/fast" >"$tmp/bytes"
for m in no-force-thumb force-thumb
do
	"$objdump" -D -z -b binary -marm -M $m "$tmp/bytes" >"$tmp/listing" &&
		"$tmp/decode" show <"$tmp/listing" >"$tmp/log" 2>&1 &&
		"$tmp/decode" text <"$tmp/listing" >>"$tmp/log" 2>&1
	point $? "bytes that are no program ($m)" "$tmp/log"
done

if command -v qemu-arm >/dev/null
then
	# Programs of one thread: the log has them all.
	truth=conformance/nosplit/test/truth/prog
	for flags in '-O2 -marm' '-O0 -marm' '-Os -mthumb'
	do
		# shellcheck disable=SC2086 # a list of flags
		if $cc -std=gnu11 -ffreestanding -fno-stack-protector -w $flags -fno-pie -I$truth -nostdlib -static -no-pie \
			-o "$tmp/program" $truth/*.c $truth/arm/*.S -lgcc >"$tmp/log" 2>&1
		then
			run "a program at $flags run by qemu-arm" "$tmp/program"
		else
			point 1 "a program at $flags" "$tmp/log"
		fi
	done
	libc=$($cc -print-file-name=libc.so.6)
	ldso=${libc%/*}/ld-linux-armhf.so.3
	[ ! -f "$ldso" ] || run 'ld.so run by qemu-arm' "$ldso" "$ldso" --library-path "${libc%/*}" "$libc"
fi
finish
