#!/bin/sh
# skip.sh ID REASON... - says in TAP that an OS cannot serve the test ID, and why (os.mk: skip.ID).
[ $# -ge 2 ] || {
	echo 'usage: conformance/skip.sh ID REASON...' >&2
	exit 2
}
id=$1
shift
printf 'TAP version 13\n1..1\nok 1 - %s # SKIP %s\n' "$id" "$*"
