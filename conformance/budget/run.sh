#!/bin/sh
# Stack budgets of one image: every chain fits, nothing in it is unknown, and nothing has
# grown since the baseline was committed. From the project's root:
#	conformance/budget/run.sh NOSPLIT LABEL IMAGE BASELINE
# Promises: TAP on stdout; exit 0 all is well, 1 findings, 2 a bad call or input.
set -u
if [ $# -ne 4 ]; then
	echo 'usage: conformance/budget/run.sh NOSPLIT LABEL IMAGE BASELINE' >&2
	exit 2
fi
found=$("$1" check --color never --label "$2" --baseline "$4" "$3" 2>&1)
status=$?
echo 'TAP version 13'
echo 1..1
printf '%s\n' "$found" | sed 's/^/# /'
case $status in
0) echo 'ok 1 - B01' ;;
1)
	echo 'not ok 1 - B01'
	echo '# growth that is meant: make budget-baseline, and commit what it changes'
	;;
*)
	echo 'not ok 1 - B01'
	exit 2
	;;
esac
exit $status
