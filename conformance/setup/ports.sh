#!/bin/sh
# What `make port-status` and `make coverage` say, as tests:
#	conformance/setup/ports.sh RUNNER PLAN PORT...
# Every port has the whole contract and is within its lines, and every assertion has
# a test and the other way round. From the project's root, after the build; PLAN has
# the tests of a whole port. Prints TAP; exit 1 if not ok, 2 for a bad call.
set -u

if [ $# -lt 3 ] || [ ! -f "$2" ]; then
	echo "usage, from the project's root: conformance/setup/ports.sh RUNNER PLAN PORT..." >&2
	exit 2
fi
runner=$1 plan=$2
shift 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM

n=0 failed=0
passes() { # text, command...
	n=$((n + 1)) text=$1
	shift
	if "$@" >"$tmp/out" 2>&1; then
		echo "ok $n - $text"
	else
		failed=1
		echo "not ok $n - $text"
		sed 's/^/# /' "$tmp/out"
	fi
}

echo 'TAP version 13'
echo "1..$(($# + 1))"
for port; do
	passes "$port is whole, and within its limits of lines" mk/status "$port"
done
# Of the first build: how it is run first, and what is proved of it without running it.
awk -F'\t' '!build { build = $1 $2; how = $3 } build == $1 $2 && ($3 == how || $3 == "static")' "$plan" >"$tmp/plan"
passes 'every assertion has a test, every test an assertion' "$runner" coverage --assertions conformance/assertions "$tmp/plan"
exit $failed
