#!/bin/sh
# gdb prints whole, right backtraces of split stacks:
#   conformance/gdb/test.sh ARCH CC EMULATOR IMAGE
# IMAGE is conformance/gdb/chain.c built for ARCH; it is run natively where this
# machine can, and through the emulator's gdb stub. Prints TAP; exit 0 if all
# passed, 1 if not, 2 for a bad call. Depends on gdb-multiarch and on /proc.
#
# walk.gdb takes a backtrace after each instruction of the phases; walk.awk holds
# each of them against the chain of calls that the phase must show.
# shellcheck disable=SC2016,SC2317 # $ of gdb; functions that a trap or a variable calls
set -u

here=conformance/gdb
if [ $# -ne 4 ] || [ ! -f $here/walk.gdb ]; then
	echo "usage, from the project's root: $here/test.sh ARCH CC EMULATOR IMAGE" >&2
	exit 2
fi
arch=$1 emulator=$3 image=$4
limit=25 # seconds for a walk, of which a normal one takes a tenth
phases='cold resumed deepest split spare freed leave gosave reflectcall asmcgocall mcall gogo'

tmp=$(mktemp -d) || exit 2
stub=
finish() {
	[ -n "$stub" ] && kill -9 "$stub" 2>/dev/null
	rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 2' HUP INT TERM

n=0 failed=0
ok() {
	n=$((n + 1))
	echo "ok $n - $1"
}
notok() { # text, file with what was found
	n=$((n + 1)) failed=1
	echo "not ok $n - $1"
	sed 's/^/# /' "$2"
}

# How this arch finds the return address of a function at its first instruction.
case $arch in
arm | arm64) after='(unsigned long)$lr' ;;
riscv64) after='(unsigned long)$ra' ;;
*) after='*(unsigned long*)$sp' ;;
esac

# how, file of commands that start the program
walk() {
	{
		echo 'set pagination off'
		echo 'set width 0'
		echo 'set confirm off'
		echo 'set print entry-values no'
		echo 'set disable-randomization off'
		cat "$2"
		echo "define returnaddress"
		echo "set \$after = $after"
		echo end
		cat $here/walk.gdb
	} >"$tmp/commands"
	timeout $limit gdb-multiarch -nx -batch -x "$tmp/commands" "$image" </dev/null >"$tmp/out" 2>"$tmp/err"
	status=$?
	if [ $status -eq 124 ]; then
		echo "gdb was still busy after $limit s; its last lines:" >"$tmp/why"
		tail -3 "$tmp/out" >>"$tmp/why"
	elif grep -Ei 'ptrace|Could not trace|During startup' "$tmp/err" >"$tmp/why"; then
		echo 'gdb may not trace a process here: allow ptrace (in a container: the capability SYS_PTRACE)' >>"$tmp/why"
	elif [ $status -ne 0 ] || ! grep -q '^@end$' "$tmp/out"; then
		echo "gdb ended with status $status before the walk was over:" >"$tmp/why"
		tail -3 "$tmp/err" >>"$tmp/why"
		tail -3 "$tmp/out" >>"$tmp/why"
	else
		for phase in $phases; do
			if awk -v how="$1" -v phase="$phase" -f $here/walk.awk "$tmp/out" >"$tmp/why"; then
				ok "$1: $phase: $(cat "$tmp/why")"
			else
				notok "$1: $phase: gdb shows the whole chain of calls" "$tmp/why"
			fi
		done
		return
	fi
	notok "$1: gdb walks through $image" "$tmp/why"
}

native() {
	echo 'starti' >"$tmp/start"
	walk native "$tmp/start"
}

# The stub listens on a socket of its own: no port to look for. The kernel's list
# of sockets says when it is ready, without a connection that would use it up.
listening() {
	awk -v path="$tmp/stub" '$NF == path && $4 == "00010000" { found = 1 } END { exit !found }' /proc/net/unix
}
emulated() {
	if ! command -v "$emulator" >/dev/null; then
		echo "$emulator not found: apt-get install qemu-user" >"$tmp/why"
		notok "$emulator: runs" "$tmp/why"
		return
	fi
	"$emulator" -g "$tmp/stub" "$image" </dev/null >"$tmp/stub.out" 2>&1 &
	stub=$!
	tries=0
	until listening; do
		tries=$((tries + 1))
		if [ $tries -gt 100 ] || ! kill -0 $stub 2>/dev/null; then
			{ echo "$emulator -g opened no socket for gdb:"; cat "$tmp/stub.out"; } >"$tmp/why"
			notok "$emulator: its stub listens" "$tmp/why"
			return
		fi
		sleep 0.1
	done
	echo "target remote $tmp/stub" >"$tmp/start"
	walk "$emulator" "$tmp/start"
	kill -9 $stub 2>/dev/null
	wait $stub 2>/dev/null
	stub=
}

echo 'TAP version 13'
if [ ! -f "$image" ]; then
	echo "$image is not there: it is built by make (mk/gdb.mk)" >"$tmp/why"
	notok 'the image is built' "$tmp/why"
elif ! gdb-multiarch --version >"$tmp/why" 2>&1; then
	echo 'gdb-multiarch cannot be run: apt-get install gdb-multiarch' >>"$tmp/why"
	notok 'gdb-multiarch runs' "$tmp/why"
else
	# An image of another machine may start under binfmt_misc: then gdb would
	# trace the emulator, so the machine's name decides first.
	natives=$(sed -n 's/^native = //p' "arch/$arch/arch.mk")
	case " $natives " in
	*" $(uname -m) "*)
		"$image" >/dev/null 2>&1
		status=$?
		if [ $status -eq 126 ]; then echo "# native: this kernel does not run $arch images"; else native; fi
		;;
	*) echo "# native: this machine is not one of: $natives" ;;
	esac
	emulated
fi
echo "1..$n"
exit $failed
