#!/bin/sh
# Mutations: programs that have no finding, changed in one place, must get the finding that
# is meant and no other. From the project's root:
#	conformance/nosplit/test/mutation/run.sh ARCH CC NOSPLIT
# Assembly by `cases`; C, where a compiler makes the calls, by `calls`.
here=conformance/nosplit/test/mutation
if [ $# -ne 3 ]; then
	echo "usage: $here/run.sh ARCH CC NOSPLIT" >&2
	exit 2
fi
arch=$1 cc=$2 nosplit=$3
. conformance/nosplit/test/tap.sh
needs "$nosplit"
as=$(tool as) ld=$(tool ld)
case $arch in
amd64) family=x86 word=8 emulation=elf_x86_64 ;;
386) family=x86 word=4 emulation=elf_i386 ;;
arm) family=arm word=4 emulation=armelf_linux_eabi ;;
arm64) family=arm64 word=8 emulation=aarch64linux ;;
esac
tab='	'

# verdict RULES FILE: the rules found are these; what was said is in $tmp/said
verdict() {
	"$nosplit" check --color=never "$2" >"$tmp/said" 2>&1 </dev/null
	status=$?
	found=$(grep -o ' NS[0-9]*\]\| DV[0-9]*\]' "$tmp/said" | tr -d ' ]' | sort -u | tr '\n' ' ')
	want=1
	[ "$1" != - ] || want=0
	echo "expected exit $want, rules $1; found exit $status, rules ${found:-none}" >>"$tmp/said"
	[ $status -eq $want ] && [ "${found:-- }" = "$1 " ]
}

# mutant PLACE INSTEAD OPTIONS...: $tmp/mutant; PLACE - changes nothing
mutant() {
	place=$1 instead=$2
	shift 2
	place=$place instead=$instead awk '
		index($0, "[" ENVIRON["place"] "]") { print "\t" ENVIRON["instead"]; n++; next }
		{ print }
		END { if (n != (ENVIRON["place"] != "-")) { print "no line, or several, end in [" ENVIRON["place"] "]" >"/dev/stderr"; exit 1 } }
	' "$here/$arch.s" 2>"$tmp/said" >"$tmp/body" &&
		cat $here/prelude.s "$tmp/body" >"$tmp/mutant.s" &&
		"$as" --defsym Word=$word "$@" -o "$tmp/mutant.o" "$tmp/mutant.s" >"$tmp/said" 2>&1 &&
		"$ld" -m $emulation -z norelro -e _start -o "$tmp/mutant" "$tmp/mutant.o" >"$tmp/said" 2>&1
}

assembly() { # LABEL OPTIONS...
	label=$1
	shift
	mutant - - "$@" && verdict - "$tmp/mutant"
	point $? "$label: as it is: no finding" "$tmp/said"
	while IFS=$tab read -r where rules place instead what; do
		case $where in all | "$arch" | "$family") ;; *) continue ;; esac
		mutant "$place" "$instead" "$@" && verdict "$rules" "$tmp/mutant"
		point $? "$label: $what: $rules" "$tmp/said"
	done <$here/cases
}

assembly "$arch"
[ "$arch" != arm ] || assembly "$arch T32" --defsym Thumb=1

# Calls that a compiler makes by itself.
common='-std=gnu11 -O2 -ffreestanding -fno-builtin -nostdlib -static -fno-pie -no-pie -fno-stack-protector -Wl,--build-id=none -w'
while IFS=$tab read -r where rules macro flags what; do
	case $where in all | "$arch" | "$family") ;; *) continue ;; esac
	[ "$flags" != - ] || flags=
	# shellcheck disable=SC2086 # lists of flags
	"$cc" $common -DWORD=$word $flags -o "$tmp/plain" $here/calls.c -lgcc >"$tmp/said" 2>&1 &&
		verdict - "$tmp/plain" &&
		"$cc" $common -DWORD=$word $flags -D"$macro" -o "$tmp/mutant" $here/calls.c -lgcc >"$tmp/said" 2>&1 &&
		verdict "$rules" "$tmp/mutant"
	point $? "$arch C: $what: $rules, and without it nothing" "$tmp/said"
done <$here/calls
finish
