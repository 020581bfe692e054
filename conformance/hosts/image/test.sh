#!/bin/sh
# test.sh WRITER TRIPLE FORMAT ELF IMAGE - is IMAGE what the OS loads of ELF? Header by
# header, by what binutils say of ELF; and the writer refuses what the OS would not load.
# Prints TAP. Exit 0 all ok, 1 not, 2 a bad call.
set -u

[ $# -eq 5 ] && [ -f "$4" ] && [ -f "$5" ] || {
	echo 'usage: conformance/hosts/image/test.sh WRITER TRIPLE FORMAT ELF IMAGE' >&2
	exit 2
}
writer=$1 triple=$2 format=$3 elf=$4 image=$5
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM

echo 'TAP version 13'
n=0 failed=0
is() { # what, found, expected
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		failed=1
		echo "not ok $n - $1"
		echo "# expected $3, found $2"
	fi
}
big() { # offset, bytes: the number there
	printf '%d' "0x$(od -An -v -tx1 -j "$1" -N "$2" "$image" | tr -d ' \n')"
}
address() { # symbol of ELF
	printf '%d' "0x$("$triple-nm" "$elf" | awk -v s="$1" '$3 == s { print $1 }')"
}
load() { # segment from 1 on, field of readelf: 2 offset, 3 address, 5 size in the file, 6 in memory
	printf '%d' "$("$triple-readelf" -lW "$elf" | awk -v s="$1" -v f="$2" '$1 == "LOAD" && ++i == s { print $f }')"
}
same() { # offset in the image, segment
	tail -c +$(($1 + 1)) "$image" | head -c "$(load "$2" 5)" >"$tmp/image"
	tail -c +$(($(load "$2" 2) + 1)) "$elf" | head -c "$(load "$2" 5)" >"$tmp/elf"
	cmp -s "$tmp/image" "$tmp/elf" && echo same
}
refuses() { # what, text
	is "refused: $1" "$("$writer" "$format" "$tmp/bad" "$tmp/out" 2>&1 | grep -c "$2")" 1
}

case $format in
plan9)
	case $triple in
	x86_64-*) magic=35479 header=40 base=2097152 align=2097152 ;; # 0x8a97, 2 MiB
	*) magic=491 header=32 base=4096 align=4096 ;;		      # 0x1eb
	esac
	text=$(load 1 5) data=$(load 2 5)
	is magic "$(big 0 4)" $magic
	is 'size of the text' "$(big 4 4)" "$text"
	is 'size of the data' "$(big 8 4)" "$data"
	is 'size of the bss' "$(big 12 4)" $(($(load 2 6) - data))
	is 'size of the symbols' "$(big 16 4)" 0
	is entry "$(big 20 4)" "$(address plan9_start)"
	is 'size of the table of sp' "$(big 24 4)" 0
	is 'size of the table of pc' "$(big 28 4)" 0
	[ $header -eq 40 ] && is 'entry in 64 bits' "$(big 32 8)" "$(address plan9_start)"
	is 'address of the text' "$(load 1 3)" $((base + header))
	is 'address of the data' "$(load 2 3)" $(((base + header + text + align - 1) / align * align))
	is 'the text' "$(same $header 1)" same
	is 'the data' "$(same $((header + text)) 2)" same
	is 'size of the file' "$(wc -c <"$image" | tr -d ' ')" $((header + text + data))
	;;
*)
	echo "conformance/hosts/image/test.sh: $format: no such format" >&2
	exit 2
	;;
esac

# A program like all others begins elsewhere, and has more segments.
printf 'int main(void) { return 0; } void _start(void) { main(); }\n' >"$tmp/bad.c"
"$triple-gcc" -ffreestanding -nostdlib -static -no-pie "$tmp/bad.c" -o "$tmp/bad" && refuses 'segments that the OS has not' 'expected two segments'
head -c 70 "$elf" >"$tmp/bad"
refuses 'a file that is cut off' 'the file ends before its headers do'
printf 'text\n' >"$tmp/bad"
refuses 'what is no ELF file' 'expected a little-endian ELF executable'
echo "1..$n"
exit $failed
