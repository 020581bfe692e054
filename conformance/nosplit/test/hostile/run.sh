#!/bin/sh
# Hostile files: refused with one line and exit status 2, or analyzed to the end, under the
# sanitizers. From the project's root:
#	conformance/nosplit/test/hostile/run.sh FUZZ NOSPLIT [SECONDS]
# FUZZ is fuzz.c with libFuzzer, NOSPLIT the program under the sanitizers. SECONDS: 60. The seeds
# are made here: the programs of the mutations, C in several kinds of ELF file, and PE images.
here=conformance/nosplit/test/hostile
if [ $# -lt 2 ]; then
	echo "usage: $here/run.sh FUZZ NOSPLIT [SECONDS]" >&2
	exit 2
fi
fuzz=$1 nosplit=$2 seconds=${3:-60}
. conformance/nosplit/test/tap.sh
needs "$fuzz" "$nosplit"
mkdir "$tmp/seeds" "$tmp/found"

for arch in amd64 386 arm arm64; do
	triple=$(triple $arch)
	word=4
	case $arch in amd64 | arm64) word=8 ;; esac
	cat conformance/nosplit/test/mutation/prelude.s conformance/nosplit/test/mutation/$arch.s >"$tmp/seed.s"
	"$triple-gcc" -c -Wa,--defsym,Word=$word -o "$tmp/seed.o" "$tmp/seed.s" 2>"$tmp/log" &&
		"$triple-gcc" -nostdlib -static -Wl,--build-id=none -o "$tmp/seeds/$arch" "$tmp/seed.o" 2>>"$tmp/log"
	status=$?
	cp "$tmp/seed.o" "$tmp/seeds/$arch.o"
	for flags in '-static -g' '-fPIE -pie -s' '-shared -fPIC'; do
		# shellcheck disable=SC2086 # lists of flags
		"$triple-gcc" -O2 -nostdlib -fno-stack-protector -fasynchronous-unwind-tables $flags \
			-o "$tmp/seeds/$arch$(echo "$flags" | tr -dc a-zA-Z)" conformance/nosplit/test/image/syms.c 2>>"$tmp/log" || status=1
	done
	point $status "$arch: seeds build" "$tmp/log"
done
triple=$(triple amd64)
"$triple-gcc" -nostdlib -static -o "$tmp/seeds/sums" $here/sums.s >"$tmp/log" 2>&1 &&
	"$nosplit" check --limit 128 "$tmp/seeds/sums" >"$tmp/out" 2>"$tmp/log"
[ $? -eq 1 ] && [ ! -s "$tmp/log" ] && grep -q NS004 "$tmp/out"
point $? 'sums of the largest and the least numbers: nothing overflows' "$tmp/log"
# PE, where the compilers are that the ports of windows need.
for arch in amd64 386; do
	triple=$(sed -n "s/^triple\.$arch = //p" os/windows/os.mk)
	text="PE $arch: the seed builds, and is read"
	if ! command -v "$triple-gcc" >/dev/null; then
		skip "$text" "there is no $triple-gcc"
		continue
	fi
	"$triple-gcc" -O2 -g0 -fno-stack-protector -mno-stack-arg-probe -nostdlib -Wl,-e,start,--subsystem,console \
		-o "$tmp/seed.exe" $here/pe.c -lkernel32 >"$tmp/log" 2>&1 && mv "$tmp/seed.exe" "$tmp/seeds/pe$arch" &&
		"$nosplit" report "$tmp/seeds/pe$arch" >"$tmp/log" 2>&1 && grep -q 'ExitProcess\|Sleep' "$tmp/seeds/pe$arch"
	point $? "$text" "$tmp/log"
done

# bad FILE: exit 2 and one line, or whatever a good file gets
bad() {
	timeout 20 "$nosplit" check "$1" >"$tmp/out" 2>"$tmp/err" </dev/null
	code=$?
	case $code in
	0 | 1) [ ! -s "$tmp/err" ] || echo "exit $code, and on stderr:" ;;
	2) [ "$(wc -l <"$tmp/err")" -eq 1 ] && [ ! -s "$tmp/out" ] || echo "exit 2, not with one line:" ;;
	*) echo "exit $code:" ;;
	esac
}

for arch in amd64 386 arm arm64 peamd64 pe386; do
	[ -f "$tmp/seeds/$arch" ] || continue # no compiler, said above
	good=$tmp/seeds/$arch size=$(wc -c <"$tmp/seeds/$arch")
	: >"$tmp/log"
	n=0 refused=0
	for cut in 0 1 4 15 16 20 51 52 63 64 65 100 $((size / 8)) $((size / 4)) $((size / 2)) $((size * 3 / 4)) $((size - 40)) $((size - 1)); do
		head -c "$cut" "$good" >"$tmp/bad"
		said=$(bad "$tmp/bad")
		n=$((n + 1))
		[ -z "$said" ] || { echo "cut off at $cut: $said"; cat "$tmp/err"; } >>"$tmp/log"
		bad "$tmp/bad" >/dev/null
		[ $code -ne 2 ] || refused=$((refused + 1))
	done
	# Every 4 bytes of the header as the largest number.
	header=0
	[ "${arch#pe}" = "$arch" ] || header=$(od -An -tu4 -j60 -N4 "$good" | tr -d ' ')
	for at in 0 4 8 12 16 20 24 28 32 36 40 44 48 52 56 60; do
		cp "$good" "$tmp/bad"
		printf '\377\377\377\377' | dd of="$tmp/bad" bs=1 seek=$((header + at)) conv=notrunc 2>/dev/null
		bad "$tmp/bad" >"$tmp/said"
		n=$((n + 1))
		[ ! -s "$tmp/said" ] || { echo "ff at $at: $(cat "$tmp/said")"; cat "$tmp/err"; } >>"$tmp/log"
		[ $code -ne 2 ] || refused=$((refused + 1))
	done
	[ ! -s "$tmp/log" ] && [ $refused -gt 12 ]
	point $? "$arch: cut off, or with a bad header: $refused of $n refused with one line and exit 2" "$tmp/log"
done

(
	cd "$tmp" || exit 2
	case $fuzz in /*) ;; *) fuzz=$OLDPWD/$fuzz ;; esac
	# What is known of a function lives as long as the program: no leak.
	ASAN_OPTIONS=detect_leaks=0 timeout $((seconds + 120)) "$fuzz" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -detect_leaks=0 -max_len=40000 \
		-print_final_stats=1 -artifact_prefix="$tmp/found/" "$tmp/seeds" >"$tmp/log" 2>&1
)
status=$?
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$tmp/log")
grep -a 'ERROR\|SUMMARY\|runtime error\|^ *#[0-9]* .*nosplit/' "$tmp/log" | head -n 12 >"$tmp/short"
if [ $status -ne 0 ]; then
	mkdir -p "${BUILD:-build}/nosplit-test/hostile"
	cp "$tmp"/found/* "${BUILD:-build}/nosplit-test/hostile" 2>/dev/null
	echo "# the files that did it are in ${BUILD:-build}/nosplit-test/hostile"
fi
point $status "fuzzed for $seconds s, ${runs:-no} files: nothing crashes, hangs or is reported by a sanitizer" "$tmp/short"
finish
