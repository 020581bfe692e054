#!/bin/sh
# Programs whose depth is a matter of the call graph. From the project's root:
#	conformance/nosplit/test/graph/run.sh ARCH CC NOSPLIT
# Each line of `cases` is a program, how it is built, and what nosplit must say of it.
here=conformance/nosplit/test/graph
if [ $# -ne 3 ]; then
	echo "usage: $here/run.sh ARCH CC NOSPLIT" >&2
	exit 2
fi
arch=$1 cc=$2 nosplit=$3
. conformance/nosplit/test/tap.sh
needs "$nosplit"
case $arch in
amd64) family=x86 word=8 ;;
386) family=x86 word=4 ;;
arm) family=arm word=4 ;;
arm64) family=arm64 word=8 ;;
esac
unwind=-fasynchronous-unwind-tables
[ "$arch" != arm ] || unwind=-fno-asynchronous-unwind-tables # those of arm need a library
common="-w -g -std=gnu11 -ffreestanding -nostdlib -fno-stack-protector -Wl,--build-id=none $unwind"
tab='	'

# said WANTED: each of the strings is in what was said, and none that follows a !
said() {
	rest=$1
	while [ -n "$rest" ]; do
		one=${rest%%; *}
		case $rest in *'; '*) rest=${rest#*; } ;; *) rest= ;; esac
		case $one in
		!*) ! grep -qF -e "${one#!}" "$tmp/said" ;;
		*) grep -qF -e "$one" "$tmp/said" ;;
		esac || { echo "expected: $one" >>"$tmp/said"; return 1; }
	done
}

while IFS=$tab read -r where program flags arguments want strings what; do
	[ "$arguments" != - ] || arguments=
	case $where in all | "$arch" | "$family") ;; *) continue ;; esac
	# shellcheck disable=SC2086 # lists of flags and arguments
	if "$cc" $common $flags -Wa,-I,conformance/nosplit/test/mutation -Wa,--defsym,Word=$word -o "$tmp/program" "$here/$program" >"$tmp/said" 2>&1; then
		# shellcheck disable=SC2086
		"$nosplit" check --color=never $arguments "$tmp/program" >"$tmp/said" 2>&1 </dev/null
		status=$?
		[ $status -eq "$want" ] || echo "expected exit $want, found $status" >>"$tmp/said"
		[ $status -eq "$want" ] && said "$strings"
	else
		false
	fi
	point $? "$arch $program $flags: $what" "$tmp/said"
done <$here/cases
finish
