#!/bin/sh
# Depths against the truth: the programs in prog/ are built with gcc and clang in many ways,
# run under qemu-user step by step, and for every function that ran the depth that the
# analyzer gives is held against the deepest sp of the run. From the project's root:
#	conformance/nosplit/test/truth/run.sh ARCH TRACE MEASURE [quick | ERE of builds]
# TRACE and MEASURE are the tools of this folder and of the one above; quick: a few builds, of
# every kind one, as make check has them. The rows are kept in build/nosplit-test/truth-ARCH.tsv.
here=conformance/nosplit/test/truth
if [ $# -lt 3 ]; then
	echo "usage: $here/run.sh ARCH TRACE MEASURE [quick | ERE]" >&2
	exit 2
fi
arch=$1 trace=$2 measure=$3 only=${4-.}
. conformance/nosplit/test/tap.sh
needs "$trace" "$measure"
triple=$(triple "$arch")
emulator=$(sed -n 's/^emulator = //p' "arch/$arch/arch.mk")
common='-std=gnu11 -ffreestanding -fno-stack-protector -g -w'
rows=${BUILD:-build}/nosplit-test/truth-$arch$([ "$only" != quick ] || echo -quick).tsv
mkdir -p "$(dirname "$rows")"
tab='	'

compiler() { # gcc or clang
	case $1-$arch in
	gcc-*) echo "$triple-gcc" ;;
	clang-arm) echo "clang --target=$triple -march=armv7-a+fp -mfloat-abi=hard" ;;
	clang-*) echo "clang --target=$triple" ;;
	esac
}

# The list of builds: compiler, flags, link flags, quick or -
builds() {
	for c in gcc clang; do
		for o in -O0 -O1 -O2 -O3 -Os; do
			arm=- thumb=-
			case $c$o in
			gcc-O0 | clang-O1) arm=quick ;;
			gcc-O2 | clang-Os) thumb=quick ;;
			esac
			case $arch-$arm-$thumb in
			arm-*) printf "$c\t$o -fno-pie -marm\t-\t$arm\n$c\t$o -fno-pie -mthumb\t-\t$thumb\n" ;;
			*quick*) printf "$c\t$o -fno-pie\t-\tquick\n" ;;
			*) printf "$c\t$o -fno-pie\t-\t-\n" ;;
			esac
		done
		awk -F'\t' -v OFS='\t' -v arch="$arch" -v c=$c '
			!/^#/ && ($1 == "*" || $1 == arch) && ($2 == "*" || $2 == c) { print c, $3, $4, $5 == c ? "quick" : "-" }' $here/builds
	done
}

wanted() {
	case $only in
	quick) awk -F'\t' '$4 == "quick"' ;;
	*) grep -E -e "$only" ;;
	esac
}

make_image() { # compiler, flags, link flags
	cc=$(compiler "$1")
	link=$3
	[ "$link" != - ] || link='-static -no-pie'
	rm -rf "$tmp/o"
	mkdir "$tmp/o"
	for source in "$here"/prog/*.c "$here/prog/$arch"/*.S; do
		# shellcheck disable=SC2086 # lists of flags
		$cc $common -I$here/prog $2 -c "$source" -o "$tmp/o/$(basename "$source").o" || return 1
	done
	abi=
	case $2 in *softfp*) abi=-mfloat-abi=hard ;; esac
	# shellcheck disable=SC2086
	"$triple-gcc" $abi -nostdlib $link -Wl,--no-warn-mismatch -Wl,-z,noexecstack -o "$tmp/image" "$tmp"/o/*.o -lgcc
}

measure_build() { # compiler, flags, link flags: judged rows on stdout, complaints in $tmp/log
	make_image "$@" >"$tmp/log" 2>&1 || return 1
	"$emulator" -singlestep -d cpu,nochain "$tmp/image" 2>&1 >/dev/null </dev/null | "$trace" "$tmp/image" >"$tmp/trace" 2>"$tmp/log" || return 1
	grep -q "${tab}_start$tab" "$tmp/trace" && "$emulator" "$tmp/image" >/dev/null 2>"$tmp/log" </dev/null || return 1
	timeout 60 "$measure" "$tmp/image" >"$tmp/measured" 2>"$tmp/log" </dev/null || return 1
	awk -v build="$1 $2$([ "$3" = - ] || echo " $3")" -f $here/judge.awk "$tmp/trace" "$tmp/measured"
}

: >"$rows"
builds | wanted >"$tmp/builds"
while IFS=$tab read -r c flags link _; do
	label="$arch $c $flags$([ "$link" = - ] || echo " $link")"
	if ! measure_build "$c" "$flags" "$link" >"$tmp/rows"; then
		point 1 "$label: does not build, run or get measured" "$tmp/log"
		continue
	fi
	cat "$tmp/rows" >>"$rows"
	grep '^bad' "$tmp/rows" | cut -f3- >"$tmp/bad"
	[ ! -s "$tmp/bad" ]
	point $? "$label: $(grep -c '^row' "$tmp/rows") functions, never below the truth" "$tmp/bad"
done <"$tmp/builds"
awk -f $here/figures.awk "$rows" >"$tmp/figures"
status=$?
cat "$tmp/figures"
point $status "$arch: above the truth by 0 % in the median, by at most 5 % in the 99th percentile" "$tmp/figures"
finish
