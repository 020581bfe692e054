#!/bin/sh
# run.sh - tests what nosplit reads out of ELF files: TAP on stdout.
# usage: conformance/nosplit/test/image/run.sh [PROGRAM...]	more programs to compare
# Functions and CFI are compared with readelf, lines with addr2line, all three with elfutils, notes
# with a table; then good files are made bad field by field under the sanitizers. SECONDS_EACH (3)
# of random damage for each. CC, CFLAGS: as make has them.
. conformance/nosplit/test/tap.sh
dir=conformance/nosplit/test/image
src=conformance/nosplit
cc=${CC:-cc}
reader="$src/image.c $src/pe*.c $src/elf.c $src/dwarf.c $src/reader.c $src/reloc.c $src/cfi.c $src/cfa.c $src/lines.c
	$src/symbols.c $src/merge.c $src/funcs.c $src/plt.c $src/taken.c $src/notes.c $src/arch.c $src/util.c
	$src/x86*.c $src/arm*.c"
std='-std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror'
libs='-lelf -ldw -lZydis -lcapstone'

build() { # NAME FLAGS... : $tmp/NAME
	name=$1
	shift
	$cc $std "$@" -o "$tmp/$name" >"$tmp/log" 2>&1
	point $? "$name builds" "$tmp/log" || finish
}

build imagedump ${CFLAGS:--O2 -g} $reader $dir/probe.c $dir/imagedump.c $dir/elfutils.c $libs
build corrupt -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all $reader $dir/probe.c $dir/corrupt.c $libs

dump() { "$tmp/imagedump" "$@"; }

# symbols FILE: "address name" of its functions, as readelf has them
symbols() {
	readelf -sW "$1" | awk -v arm="$(readelf -h "$1" | grep -c 'Machine:.*ARM')" '
		($4 == "FUNC" || $4 == "IFUNC") && $7 != "UND" && $7 != "ABS" {
			if (arm) {
				d = index("0123456789abcdef", substr($2, length($2))) - 1
				$2 = substr($2, 1, length($2) - 1) substr("0123456789abcdef", d - d % 2 + 1, 1)
			}
			sub(/^0+/, "", $2)
			print $2, $8
		}' | sort -u
}

# arch_of FILE
arch_of() {
	case $(readelf -h "$1" | grep Machine:) in
	*X86-64) echo amd64 ;;
	*80386) echo 386 ;;
	*) echo arm ;;
	esac
}

# frames FILE: rows of CFI as readelf has them, in the form of imagedump
frames() {
	{
		dump code "$1"
		readelf --debug-dump=frames-interp "$1" 2>/dev/null
	} | awk -v arch="$(arch_of "$1")" -f $dir/frames.awk | sort | awk '
		function row(at, what) {
			if (what != last) {
				sub(/^0+/, "", at)
				print substr("00000000", length(at) + 1) at, what
			}
			last = what
		}
		$1 != range {
			last = ""
			if ($3 != $2)
				row($2, "-1 0")
		}
		{ range = $1; row($3, $4 " " $5) }'
}

# same_lines: where found and want differ
same_lines() {
	paste -d' ' "$tmp/found" "$tmp/want" | awk '
		function line(s) { sub(/.*:/, "", s); return s }
		function file(s) { sub(/:[0-9]+$/, "", s); sub(/^\.\//, "", s); return s }
		$3 ~ /:[?0]$/ { if ($3 == "??:0" && $2 != "?:0") print; next }
		line($2) != line($3) || substr(file($3), length(file($3)) - length(file($2)) + 1) != file($2)'
}

compare() { # FILE NAME
	symbols "$1" >"$tmp/want"
	dump funcs "$1" | awk '!/ external/ {
		for (i = 5; i <= NF && $i != "->" && $i != "by" && $i != "part"; i++)
			n = $i
		k = split(n, x, ",")
		sub(/^0+/, "", $1)
		while (k > 0)
			print $1, x[k--]
	}' | sort -u >"$tmp/found"
	comm -23 "$tmp/want" "$tmp/found" >"$tmp/log"
	[ ! -s "$tmp/log" ]
	point $? "$2: each function that readelf shows is one ($(wc -l <"$tmp/want"))" "$tmp/log"

	dump elfutils-funcs "$1" | sort -u | comm -23 - "$tmp/found" >"$tmp/log"
	[ ! -s "$tmp/log" ]
	point $? "$2: each function that libelf shows is one" "$tmp/log"

	dump cfi "$1" >"$tmp/found"
	frames "$1" >"$tmp/want"
	awk '{ print $1 }' "$tmp/found" | dump elfutils-cfi "$1" | diff - "$tmp/found" >"$tmp/other"
	point $? "$2: the CFA is what libdw says, at each row" "$tmp/other"
	diff "$tmp/want" "$tmp/found" >"$tmp/log"
	point $? "$2: the CFA is what readelf says, everywhere ($(wc -l <"$tmp/want") rows)" "$tmp/log"

	# Names: nosplit's is relative where binutils put the compilation directory in front.
	{
		awk '$2 >= 0' "$tmp/found" # not what lies between functions
		dump funcs "$1" | grep -v external
	} | awk '{ print $1; n++ } END { if (!n) print 1 }' | sort -u | awk '{ p[NR] = $1 } END { for (i = 1; i <= NR; i += 1 + int(NR / 300)) print p[i] }' >"$tmp/places"
	dump lines "$1" <"$tmp/places" >"$tmp/found"
	"$(triple "$(arch_of "$1")")-addr2line" -e "$1" <"$tmp/places" | sed 's/ (.*//' >"$tmp/want"
	same_lines >"$tmp/log"
	[ ! -s "$tmp/log" ]
	point $? "$2: lines are what addr2line says ($(grep -vc '?:0' "$tmp/found"))" "$tmp/log"
	dump elfutils-lines "$1" <"$tmp/places" >"$tmp/want"
	same_lines >"$tmp/log"
	[ ! -s "$tmp/log" ]
	point $? "$2: lines are what libdw says" "$tmp/log"
}

for arch in amd64 386 arm
do
	triple=$(triple $arch)
	word=.long thumb=
	[ $arch != amd64 ] || word=.quad
	[ $arch != arm ] || thumb='.syntax unified; .thumb'
	bad=0 n=0
	: >"$tmp/bad"
	while IFS='	' read -r records want
	do
		case $records in '#'*) continue ;; esac
		n=$((n + 1))
		{
			printf '%s\n.macro W k, a, b, v\n%s \\k, \\a, \\b, \\v\n.endm\n' "$thumb" $word
			cat $dir/notes.s
			printf '%s\n' "$records" | sed 's/; /\n/g'
		} >"$tmp/n.s"
		"$triple-gcc" -nostdlib -static -Wl,--build-id=none -o "$tmp/n" "$tmp/n.s" 2>"$tmp/log" || { cat "$tmp/log" >>"$tmp/bad"; continue; }
		# Addresses in the answer, as names.
		"$triple-nm" "$tmp/n" | sed -n 's/^0*\([0-9a-f]*\) [tT] \([a-z]*\)$/s,^\1 ,\2 ,;s, \1 , \2 ,/p' >"$tmp/names"
		found=$(dump notes "$tmp/n" 2>&1 | sed -f "$tmp/names" | tr '\n' ';')
		case $found in
		"$want;") ;;
		nosplit:*"$want"*) ;;
		*) printf '%s\n  found %s\n  where %s\n' "$records" "$found" "$want" >>"$tmp/bad" ;;
		esac
	done <$dir/notes.cases
	[ ! -s "$tmp/bad" ] && [ $n -gt 0 ]
	point $? "$arch: notes are believed or refused as the table says ($n)" "$tmp/bad"

	: >"$tmp/bad"
	for case in 1 2 3 4 5
	do
		"$triple-gcc" -nostdlib -static -Wl,--build-id=none -Wa,--defsym,CASE=$case -o "$tmp/h" $dir/hostile.s 2>"$tmp/log" &&
			(ulimit -v 300000; timeout 20 "$tmp/imagedump" all "$tmp/h") >>"$tmp/log" 2>&1 ||
			{ echo "case $case: $?"; cat "$tmp/log"; } >>"$tmp/bad"
	done
	[ ! -s "$tmp/bad" ]
	point $? "$arch: what would cost elfutils 1 GB or minutes costs nothing" "$tmp/bad"

	for flags in '-static' '-static -ffunction-sections -O3' '-fPIE -pie' '-shared -fPIC'
	do
		what="$arch $flags"
		f=$tmp/$arch-$(printf %s "$flags" | tr -dc 'a-zA-Z0-9')
		if ! "$triple-gcc" -g -O2 -nostdlib -fno-stack-protector -fasynchronous-unwind-tables $flags -o "$f" $dir/syms.c >"$tmp/log" 2>&1
		then
			point 1 "$what: the program builds" "$tmp/log"
			continue
		fi
		compare "$f" "$what"
		dump funcs "$f" >"$tmp/funcs"
		awk '
			function has(name, word) { if (!(name in line) || line[name] !~ word) { print name ": " line[name] " where " word " is meant"; bad = 1 } }
			{
				for (i = 5; i <= NF && $i != "->" && $i != "by" && $i != "part"; i++)
					names = $i
				n = split(names, x, ",")
				for (k = 1; k <= n; k++)
					line[x[k]] = $0
			}
			END {
				has("table_me", " taken"); has("ro_me", " taken"); has("chosen", " ifunc"); has("begin", " entry")
				has("finish", " entry"); has("first", "[ ,]__alias"); has("first", "[ ,]alias"); has("alias", " symbol")
				exit bad
			}' "$tmp/funcs" >"$tmp/log"
		point $? "$what: what is taken, an entry, an alias, indirect" "$tmp/log"
		grep -q ' chosen@plt by chosen$' "$tmp/funcs"
		point $? "$what: the stub of an indirect function leads to nobody, and knows who chooses" "$tmp/funcs"
	done
	"$tmp/corrupt" "$tmp/$arch-fPIEpie" "${SECONDS_EACH:-3}" >"$tmp/log" 2>&1
	point $? "$arch: $(tail -n 1 "$tmp/log" | sed 's/.*: //')" "$tmp/log"
done

for f in build/amd64-linux/test/K01* build/386-linux/test/K01* build/arm-linux/test/K01* "$@"
do
	[ ! -f "$f" ] || compare "$f" "$f"
done
finish
