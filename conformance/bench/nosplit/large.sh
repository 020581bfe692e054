#!/bin/sh
# large.sh CC OUT - a program with 2 MB of text or more: all of a static C library, and again
# under other names as often as that takes. It is analyzed, not run.
set -eu
cc=$1 out=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tool() { "$cc" -print-prog-name="$1"; }
# An archive, or those that a linker script in its place names.
archive() {
	file=$("$cc" -print-file-name="$1")
	case $(head -c 7 "$file") in
	'!<arch>') echo "$file" ;;
	*) grep -o '/[^ ]*\.a' "$file" ;;
	esac
}
echo 'int _DYNAMIC[64]; int main(void) { return 0; }' >"$tmp/main.c"
library=$(archive libc.a)
again=
for n in 1 2 3 4; do
	# shellcheck disable=SC2046,SC2086 # lists of files
	"$cc" -static -o "$out" "$tmp/main.c" -Wl,--allow-multiple-definition -Wl,--unresolved-symbols=ignore-all -w \
		-Wl,--whole-archive $library $(archive libm.a) $again -Wl,--no-whole-archive >"$tmp/log" 2>&1 || { cat "$tmp/log" >&2; exit 1; }
	size=$("$(tool objdump)" -h "$out" | awk '$2 == ".text" { print $3 }')
	[ $((0x$size)) -lt 2000000 ] || exit 0
	"$(tool nm)" -g --defined-only "$library" 2>/dev/null | awk -v n=$n 'NF == 3 { print $3, "again" n "_" $3 }' | sort -u >"$tmp/names"
	"$(tool objcopy)" --redefine-syms="$tmp/names" "$library" "$tmp/again$n.a"
	again="$again $tmp/again$n.a"
done
echo "$out: less than 2 MB of text" >&2
exit 1
