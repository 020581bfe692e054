#!/bin/sh
# Tests of the compiler plugin (mk/plugin). From the project's root:
#	conformance/plugin/run.sh ARCH CC PLUGIN.so CFLAGS...
# Depends on CC's own assembler and objdump, awk, and the tests in reject/ (which
# must not compile), accept/ (whose assembly is looked at) and check.awk.
# Promises: TAP on stdout; exit 0 all passed, 1 a test failed, 2 usage.
# First lines of a test, each a comment of its own:
#	error: TEXT		reject/: a piece of the one message expected
#	arch: NAMES		only there
#	flags: FLAGS		after CFLAGS
#	levels: -O0 -O2		this is the default
#	has|not ARCHS FUNC: ERE	accept/: the code of FUNC, one line, "; " between
#	record ARCHS NAME: ERE	accept/: "frame packed kind", or "none"
#	depth ARCHS FUNC	accept/: the record's frame is what the code takes
#	note ARCHS WHERE: ERE	accept/: "kind what value" of its notes (core/stacknote.h),
#				"; " between, or "none"
# ARCHS is names joined by commas, or all.
set -u
if [ $# -lt 4 ]; then
	echo 'usage: conformance/plugin/run.sh ARCH CC PLUGIN.so CFLAGS...' >&2
	exit 2
fi
arch=$1 cc=$2 plugin=$3
shift 3
cflags=$*
here=$(dirname "$0")
LC_ALL=C
export LC_ALL
case $cflags in
*-fplugin-arg-split-g=*) ;;
*) [ "$arch" != 386 ] || cflags="$cflags -fplugin-arg-split-g=%gs:g@ntpoff" ;;
esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
count=0 failed=0

# compile OUTPUT FLAGS: stderr to $tmp/err. $cflags and FLAGS are split on purpose.
compile() {
	out=$1
	shift
	# shellcheck disable=SC2086
	"$cc" "-fplugin=$plugin" $cflags -o "$out" "$@" 2>"$tmp/err"
}

# result STATUS WHAT FILE EXPECTED FOUND
result() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - plugin: $2"
		return
	fi
	failed=1
	echo "not ok $count - plugin: $2"
	echo "# file: $3"
	echo "# expected: $4"
	printf '%s\n' "$5" | sed 's/^/# found: /' | head -n 20
}

directive() { sed -n "s|^/\* $2: \(.*\) \*/\$|\1|p" "$1"; }

here_too() {
	only=$(directive "$1" arch)
	[ -z "$only" ] && return 0
	case " $only " in *" $arch "*) return 0 ;; esac
	return 1
}

levels() {
	set -- "$(directive "$1" levels)"
	echo "${1:--O0 -O2}"
}

# The message has to be there, be the only error, and not come from a crash.
reject() {
	text=$(directive "$1" error)
	# shellcheck disable=SC2046
	compile /dev/null -S "$2" $(directive "$1" flags) "$1"
	status=$?
	bad=0
	[ "$status" -eq 1 ] || bad=1
	grep -F 'error: ' "$tmp/err" | grep -qF -e "$text" || bad=1
	! grep -q 'internal compiler error' "$tmp/err" || bad=1
	! grep -F 'error: ' "$tmp/err" | grep -vF -e "$text" |
		grep -qv 'failed to initialize plugin' || bad=1
	result $bad "$(basename "$1" .c) is rejected at $2" "$1" "error: $text" \
		"exit $status; $(cat "$tmp/err")"
}

accept() {
	what="$(basename "$1" .c) at $2"
	# shellcheck disable=SC2046
	if ! compile "$tmp/t.s" -S "$2" $(directive "$1" flags) "$1" ||
		! compile "$tmp/t.o" -c "$tmp/t.s"; then
		result 1 "$what" "$1" 'compiles and assembles' "$(cat "$tmp/err")"
		return
	fi
	"$("$cc" -print-prog-name=objdump)" -d "$tmp/t.o" >"$tmp/t.dis"
	found=$(awk -v arch="$arch" -f "$here/check.awk" "$1" "$tmp/t.s" "$tmp/t.dis")
	[ -z "$found" ]
	result $? "$what" "$1" 'as its first lines say' "$found"
}

# present FILE ERE WANTED(0 there, 1 not there) WHAT
present() {
	grep -Eq "$2" "$1"
	[ $? -eq "$3" ]
	result $? "$4" "$1" "$([ "$3" -eq 0 ] && echo there || echo not there): $2" \
		"$(grep -E "$2" "$1" || echo no such line)"
}

list=$(find "$here/reject" "$here/accept" -name '*.c' | sort)
plan=0
for file in $list; do
	here_too "$file" || continue
	for level in $(levels "$file"); do plan=$((plan + 1)); done
done
[ "$arch" = 386 ] && plan=$((plan + 1))
echo 'TAP version 13'
echo "1..$((plan + 17))"
for file in $list; do
	here_too "$file" || continue
	for level in $(levels "$file"); do
		case $file in */reject/*) reject "$file" "$level" ;; *) accept "$file" "$level" ;; esac
	done
done

# The marker and link-time optimisation, where a whole object is looked at.
set_re='\.set[[:space:]]portkit\.split, 1'
echo 'int x;' >"$tmp/empty.c"
compile "$tmp/empty.s" -S "$tmp/empty.c"
present "$tmp/empty.s" "$set_re" 0 'a unit without a function has the marker'
present "$tmp/empty.s" portkit_stack 1 'and no records'
present "$tmp/empty.s" '^[[:space:]]\.(quad|long|word)[[:space:]]1, 0, 0, 1$' 0 'and the version of its notes'
compile "$tmp/empty.o" -c "$tmp/empty.c"
"$("$cc" -print-prog-name=nm)" "$tmp/empty.o" >"$tmp/empty.nm"
present "$tmp/empty.nm" '^0*1 a portkit\.split$' 0 'the marker is a local absolute symbol'
printf 'void ext(void);\nint f(void)\n{\n\text();\n\treturn 1;\n}\n' >"$tmp/lto.c"
compile "$tmp/slim.s" -S -O2 -flto -fno-fat-lto-objects "$tmp/lto.c"
present "$tmp/slim.s" 'portkit' 1 'a slim LTO object does not look complete'
compile "$tmp/fat.s" -S -O2 -flto -ffat-lto-objects "$tmp/lto.c"
present "$tmp/fat.s" "$set_re" 0 'a fat LTO object has the marker'
compile "$tmp/lto.o" -c -O2 -flto "$tmp/lto.c" &&
	compile "$tmp/whole.o" -O2 -flto -r -flinker-output=nolto-rel -nostdlib "$tmp/lto.o"
result $? 'LTO links with the plugin' "$tmp/lto.c" 'no error' "$(cat "$tmp/err")"
"$("$cc" -print-prog-name=nm)" "$tmp/whole.o" >"$tmp/whole.nm"
present "$tmp/whole.nm" 'U morestack00$' 0 'code made at link time has its checks'
"$("$cc" -print-prog-name=objdump)" -h "$tmp/whole.o" >"$tmp/whole.h"
present "$tmp/whole.h" ' portkit_stack ' 0 'and its records'
present "$tmp/whole.nm" ' a portkit\.split$' 0 'and its marker'
present "$tmp/whole.h" ' \.nosplit ' 0 'and its notes'

# In an object: the notes are not loaded, and are whole records that the linker fills in.
compile "$tmp/notes.o" -c -O2 "$here/accept/notes.c"
"$("$cc" -print-prog-name=readelf)" -SW "$tmp/notes.o" >"$tmp/notes.sec"
present "$tmp/notes.sec" ' \.nosplit +PROGBITS +0+ [0-9a-f]+ [0-9a-f]+ 00 +0 +0 +1$' 0 'the notes are not loaded'
word=4
case $arch in amd64 | arm64) word=8 ;; esac
size=$(sed -n 's/.* \.nosplit  *PROGBITS  *[0-9a-f]* [0-9a-f]* \([0-9a-f]*\) .*/\1/p' "$tmp/notes.sec")
[ $((0x${size:-1} % (4 * word))) -eq 0 ]
result $? 'the notes are whole records' "$here/accept/notes.c" "a multiple of $((4 * word)) bytes" "0x$size"
"$("$cc" -print-prog-name=objdump)" -r -j .nosplit "$tmp/notes.o" >"$tmp/notes.rel"
present "$tmp/notes.rel" ' leaf$' 0 'a note names its function by a relocation'
# Kind and value of each; where and what are the linker's business.
compile "$tmp/macros.o" -c -O2 -Icore "$here/macros.c" &&
	"$("$cc" -print-prog-name=objcopy)" -O binary -j .nosplit --set-section-flags .nosplit=alloc "$tmp/macros.o" "$tmp/macros.bin" &&
	od -An -v -w$((4 * word)) -t d$word "$tmp/macros.bin" | awk '{ print $1, $4 }' | sort -n | tr '\n' ';' >"$tmp/macros"
found=$(cat "$tmp/macros" "$tmp/err")
expected='1 1;2 128;4 3;4 3;5 4096;7 0;8 0;9 0;10 -1;10 -1;10 1;10 1;'
[ "$found" = "$expected" ]
result $? 'the macros write their notes, once a copy' "$here/macros.c" "$expected" "$found"
${HOSTCC:-gcc} -fsyntax-only -Icore -Iconformance/nosplit "$here/notes.c" 2>"$tmp/err"
result $? 'core/stacknote.h and the analyzer agree' "$here/notes.c" 'the same numbers' "$(cat "$tmp/err")"

# The same plugin with the date of another compiler in it.
date=$(sed -n 's/.*datestamp.*"\([0-9]*\)".*/\1/p' \
	"$("$cc" -print-file-name=plugin)/include/plugin-version.h")
mkdir "$tmp/other"
sed "s/$date/19990101/g" "$plugin" >"$tmp/other/split.so"
# shellcheck disable=SC2086
"$cc" "-fplugin=$tmp/other/split.so" $cflags -S -o /dev/null "$tmp/empty.c" 2>"$tmp/err"
present "$tmp/err" 'error: plugin split: built for GCC .* 19990101 ' 0 \
	'a plugin that was built for another compiler is rejected'
if [ "$arch" = 386 ]; then
	"$cc" "-fplugin=$plugin" -S -o /dev/null "$tmp/empty.c" 2>"$tmp/err"
	present "$tmp/err" 'error: plugin split: 386 needs the operand that holds g' 0 \
		'a missing argument g is rejected'
fi
exit $failed
