#!/bin/sh
# outside.sh ARCH - programs that lie outside of the tree, as README.md says that they are
# built and run: one of two files, with names of its own, that divides; and one in a host.
# From the root, after the kit of ARCH-linux.
set -u
[ $# -eq 1 ] || {
	echo "usage: conformance/programs/outside.sh ARCH" >&2
	exit 2
}
tmp=$(mktemp -d) || exit 2
out=build/$1-linux
trap 'rm -rf "$tmp" "$out"/programs/*-$$ "$out"/programs/*-$$.o "$out"/conformance/programs/*-$$.o' EXIT
trap 'exit 130' HUP INT TERM
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

cat >"$tmp/clock-$$.c" <<'C'
#include "rt.h"

uint64_t g(uint64_t v, uint64_t d);

void rtmain(void)
{
	volatile uint64_t now = (uint64_t)nanotime(), d = 1000000007;

	prints(g(now, d) * d + now % d == now ? "divides\n" : "does not\n");
}
C
cat >"$tmp/other.c" <<'C'
#include "rt.h"

uint64_t g(uint64_t v, uint64_t d);

uint64_t g(uint64_t v, uint64_t d)
{
	return v / d;
}
C
cat >"$tmp/guest-$$.c" <<'C'
#include "rt.h"

void kit_told(int64_t v); /* the host's: foreign code */

static intptr_t tell(void *arg)
{
	kit_told(*(int64_t *)arg);
	return 0;
}

void rtmain(void)
{
	volatile int64_t v = -84000000000, d = 2000000000;
	int64_t q = v / d;

	cgocall(tell, &q);
}
C
cat >"$tmp/main.c" <<'C'
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

struct m;
void rthost(char **argv, int32_t (*thread)(struct m *mp)); /* core/rt.h */
void rthostthread(struct m *mp);
void kit_told(int64_t v);

void kit_told(int64_t v)
{
	printf("told %lld\n", (long long)v);
	fflush(stdout);
}

static void *run(void *mp)
{
	rthostthread(mp);
	return 0;
}

static int32_t thread(struct m *mp)
{
	pthread_t t;

	return -pthread_create(&t, 0, run, mp);
}

int main(int argc, char **argv)
{
	(void)argc;
	rthost(argv, thread);
}
C

n=0
expect() { # the last line that is printed, what it is, arguments of make program
	text=$1 what=$2
	shift 2
	n=$((n + 1))
	make -s program ARCH="$arch" OS=linux SETUP=no "$@" >"$tmp/out" 2>&1
	status=$?
	if [ $status -eq 0 ] && [ "$(tail -n 1 "$tmp/out")" = "$text" ]; then
		echo "ok $n - $what"
	else
		echo "not ok $n - $what"
		echo "# expected: $text; found, with exit status $status:"
		sed 's/^/#   /' "$tmp/out"
	fi
}
arch=$1
echo 'TAP version 13'
echo 1..2
expect divides 'a program of two files outside of the tree' FILE="$tmp/clock-$$.c $tmp/other.c"
expect 'told -42' 'a program in a host outside of the tree' FILE="$tmp/guest-$$.c" HOST="$tmp/main.c"
