#!/bin/sh
# Unwind information of PE images for amd64 is a witness: what .pdata says at calls agrees with
# the code, and where it lies, a report lists it. From the project's root:
#	conformance/nosplit/test/pe/run.sh NOSPLIT
here=conformance/nosplit/test/pe
if [ $# -ne 1 ]; then
	echo "usage: $here/run.sh NOSPLIT" >&2
	exit 2
fi
nosplit=$1
. conformance/nosplit/test/tap.sh
needs "$nosplit"

triple=$(sed -n 's/^triple\.amd64 = //p' os/windows/os.mk)
if ! command -v "$triple-gcc" >/dev/null; then
	skip 'unwind information of PE images' "there is no $triple-gcc"
	finish
fi
build() { # NAME SIZE: what lies says of its frame
	"$triple-gcc" -O2 -g0 -fno-stack-protector -mno-stack-arg-probe -Wa,--defsym,Size="$2" -nostdlib -Wl,-e,start \
		-o "$tmp/$1.exe" $here/calls.c $here/lies.S >"$tmp/log" 2>&1 &&
		"$nosplit" report --format json "$tmp/$1.exe" >"$tmp/$1.json" 2>>"$tmp/log"
	point $? "$1: builds, and is read" "$tmp/log"
}
figure() { # NAME FIGURE: of the whole file
	sed -n 's/^ "figures":.*"cfi":{[^[]*"'"$2"'":\([0-9]*\).*/\1/p' "$tmp/$1.json"
}

build true 40
build false 56
"$triple-objdump" -h "$tmp/true.exe" >"$tmp/log" 2>&1
grep -q '\.pdata' "$tmp/log" && ! grep -q '\.eh_frame\|\.debug_frame' "$tmp/log"
point $? 'there is .pdata, and no other witness' "$tmp/log"
calls=$("$triple-objdump" -d --no-show-raw-insn "$tmp/true.exe" | grep -c 'call ')
[ "$calls" -ge 10 ] && [ "$(figure true compared)" -eq "$calls" ]
point $? "true: $calls calls, each compared: $(figure true compared)"
[ "$(figure true disagree)" -eq 0 ]
point $? "true: disagreements: $(figure true disagree)" "$tmp/true.json"
[ "$(figure false disagree)" -eq 1 ] && grep -q '"function":"lies",[^}]*"expected":64,"found":48' "$tmp/false.json"
point $? 'false: one disagreement, in lies, of 64 and 48 bytes' "$tmp/false.json"
finish
