# tap.sh - sourced by the tests of nosplit: TAP 13 on stdout, the plan at the end.
# Promises: $tmp, a directory that is removed at the end; point and finish.
# Depends on being called from the project's root.
set -u
LC_ALL=C
export LC_ALL
if [ ! -f mk/suite.mk ]; then
	echo "$0: run it from the project's root" >&2
	exit 2
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
count=0 failed=0
echo 'TAP version 13'

# point STATUS TEXT [FILE]: FILE says more if STATUS is not 0
point() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
		return 0
	fi
	failed=1
	echo "not ok $count - $2"
	[ $# -lt 3 ] || head -n "${lines:-20}" "$3" | sed 's/^/# /'
	return 1
}

skip() { # TEXT REASON
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

finish() {
	echo "1..$count"
	exit $failed
}

needs() { # TOOL...: they must be there
	for t in "$@"; do
		[ -x "$t" ] && continue
		echo "$0: $t is missing: make $t" >&2
		exit 2
	done
}

tool() { "$cc" -print-prog-name="$1"; }

triple() { sed -n 's/^triple = //p' "arch/$1/arch.mk"; }
