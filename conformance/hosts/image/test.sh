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
# What llvm-readobj says of Mach-O, in decimal: a block, with a name in it perhaps, and a field.
macho() {
	awk -v block="$1" -v field="$2:" -v name="${3:-}" '
		/^ *[A-Z][A-Za-z]* \{$/ { in_ = $1 == block; named = name == "" }
		in_ && $1 == "Name:" { named = $2 == name }
		in_ && named && $1 == field { v = $NF; gsub(/[()]/, "", v); print v; exit }' "$tmp/headers" |
		while read -r v; do
			case $v in [0-9]*) printf '%d\n' "$v" ;; *) echo "$v" ;; esac
		done
}
segment() { # name, address, size in memory, offset, size in the file, protection
	is "$1" "$(macho Segment vmaddr "$1") $(macho Segment vmsize "$1") $(macho Segment fileoff "$1") $(macho Segment filesize "$1") $(macho Segment initprot "$1") $(macho Segment maxprot "$1")" "$2 $3 $4 $5 $6 $6"
}
section() { # name, address, size, offset
	is "$1" "$(macho Section Address "$1") $(macho Section Size "$1") $(macho Section Offset "$1")" "$2 $3 $4"
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
darwin)
	case $triple in
	x86_64-*) magic=4277009103 cpu=16777223 size=640 ;; # 0xfeedfacf, 0x1000007
	*) magic=4277009102 cpu=7 size=452 ;;
	esac
	base=$(($(load 1 3) - 4096)) textsize=$(((4096 + $(load 1 5) + 4095) / 4096 * 4096))
	llvm-readobj --file-headers --macho-segment --sections "$image" >"$tmp/headers" 2>&1
	llvm-objdump --macho --private-headers "$image" >"$tmp/commands" 2>&1
	is magic "$(macho MachHeader Magic)" $magic
	is 'type of processor' "$(macho MachHeader CpuType)" $cpu
	is 'type of file: MH_EXECUTE' "$(macho MachHeader FileType)" 2
	is commands "$(macho MachHeader NumOfLoadCommands)" 4
	is 'size of the commands' "$(macho MachHeader SizeOfLoadCommands)" $size
	segment __PAGEZERO 0 "$base" 0 0 ---
	segment __TEXT "$base" $textsize 0 $textsize r-x
	segment __DATA "$(load 2 3)" $((($(load 2 6) + 4095) / 4096 * 4096)) $textsize "$(load 2 5)" rw-
	section __text "$(load 1 3)" "$(load 1 5)" 4096
	section __data "$(load 2 3)" "$(load 2 5)" $textsize
	section __bss $(($(load 2 3) + $(load 2 5))) $(($(load 2 6) - $(load 2 5))) 0
	is 'the entry, of a thread' "$(awk '$1 == "cmd" { c = $2 } c == "LC_UNIXTHREAD" { for (i = 1; i < NF; i++) if ($i ~ /^[er]ip$/) print $(i + 1) }' "$tmp/commands" |
		sed 's/^0x0*//')" "$("$triple-nm" "$elf" | sed -n 's/^0*\([0-9a-f]*\) T _start$/\1/p')"
	is 'the instruction at the entry' "$(llvm-objdump -d --no-show-raw-insn --start-address="$(address _start)" "$image" | awk '$1 ~ /^[0-9a-f]+:$/ { print $2, $3; exit }')" \
		"$(llvm-objdump -d --no-show-raw-insn --start-address="$(address _start)" "$elf" | awk '$1 ~ /^[0-9a-f]+:$/ { print $2, $3; exit }')"
	is 'the text' "$(same 4096 1)" same
	is 'the data' "$(same $textsize 2)" same
	is 'size of the file' "$(wc -c <"$image" | tr -d ' ')" $((textsize + $(load 2 5)))
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
