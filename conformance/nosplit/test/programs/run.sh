#!/bin/sh
# Whole programs: how much of them the analyzer understands. From the project's root:
#	conformance/nosplit/test/programs/run.sh ARCH CC NOSPLIT
# A program that pulls in much of a static C library is built here; static busybox and the
# library of Lua come from Debian, kept in build/nosplit-test (without network: skipped).
# Required: no crash; 99.9 % of the instructions decoded; the depth known at 99.5 % of the
# call sites that are in no frame of dynamic size.
here=conformance/nosplit/test/programs
if [ $# -ne 3 ]; then
	echo "usage: $here/run.sh ARCH CC NOSPLIT" >&2
	exit 2
fi
arch=$1 cc=$2 nosplit=$3
. conformance/nosplit/test/tap.sh
needs "$nosplit"
cache=${BUILD:-build}/nosplit-test/programs/$arch

measure() { # NAME FILE
	timeout 60 "$nosplit" report --format json "$2" >"$tmp/json" 2>"$tmp/log" </dev/null
	status=$?
	point $status "$arch $1: a report, exit status $status" "$tmp/log" || return
	grep -o '"figures":{.*' "$tmp/json" | grep -o '"[a-z]*":[0-9.]*' | awk -F'[":]+' -v OFMT=%.2f '
		!($2 in v) { v[$2] = $3 }
		END {
			d = v["instructions"] ? 100 * v["instructions"] / (v["instructions"] + v["undecoded"]) : 0
			n = v["callsites"] - v["dynamicsites"]
			k = n ? 100 * (n - v["unknownsites"]) / n : 0
			printf "%.0f KB of text, %d functions (%d exact, %d bound, %d unknown) in %.2f s\n", v["textbytes"] / 1000, v["analyzed"], v["exact"], v["bound"], v["unknown"], v["seconds"]
			printf "%.3f %% of %d instructions decoded\n", d, v["instructions"]
			printf "depth known at %.2f %% of %d call sites, and %d in dynamic frames\n", k, n, v["dynamicsites"]
			printf "CFI: %d of %d places disagree; %d of %d indirect calls and jumps unresolved\n", v["disagree"], v["compared"], v["unresolved"], v["indirect"]
			print (d >= 99.9) + 0, (k >= 99.5) + 0
		}' >"$tmp/figures"
	sed -n "1,4s/^/# $arch $1: /p" "$tmp/figures"
	[ "$(tail -n 1 "$tmp/figures" | cut -d' ' -f1)" = 1 ]
	point $? "$arch $1: $(sed -n 2p "$tmp/figures"), at least 99.9"
	[ "$(tail -n 1 "$tmp/figures" | cut -d' ' -f2)" = 1 ]
	point $? "$arch $1: $(sed -n 3p "$tmp/figures"), at least 99.5"
}

for flags in '-O2 -static' '-O2 -static -fno-omit-frame-pointer -s'; do
	# shellcheck disable=SC2086 # lists of flags
	"$cc" -D_GNU_SOURCE -w $flags -o "$tmp/many" $here/many.c -lm -lpthread >"$tmp/log" 2>&1
	point $? "$arch many.c $flags: builds" "$tmp/log" && measure "many.c $flags" "$tmp/many"
done

if why=$($here/fetch.sh "$arch" "$cache" busybox-static liblua5.4-0); then
	measure busybox "$cache/busybox-static/bin/busybox"
	measure liblua "$(echo "$cache"/liblua5.4-0/usr/lib/*/liblua5.4.so.0.0.0)"
else
	skip "$arch: busybox and Lua of Debian" "cannot be fetched: $why"
fi
finish
