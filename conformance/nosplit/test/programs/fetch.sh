#!/bin/sh
# fetch.sh ARCH DIR PACKAGE... - Debian packages of another arch, unpacked in DIR/PACKAGE:
# by apt-get with a state and a cache of its own, so that the machine's dpkg need not know
# that arch. What is there is not fetched again. Exit 0: all there; 1, and one line: not.
set -u
export LC_ALL=C
[ $# -ge 3 ] || { echo "usage: fetch.sh ARCH DIR PACKAGE..." >&2; exit 2; }
case $1 in 386) deb=i386 ;; arm) deb=armhf ;; *) deb=$1 ;; esac
dir=$2
shift 2
missing=
for p; do
	[ -d "$dir/$p" ] || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
for t in apt-get dpkg-deb timeout; do
	command -v $t >/dev/null || { echo "no $t here"; exit 1; }
done
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f $keys ] || { echo "no $keys here"; exit 1; }

apt=$(mktemp -d) || exit 2
trap 'rm -rf "$apt"' EXIT
trap 'exit 2' HUP INT TERM
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$dir"
: >"$apt/status"
echo "deb [signed-by=$keys] ${DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main" >"$apt/sources.list"
cat >"$apt/conf" <<-EOT
	APT::Architecture "$deb";
	APT::Architectures { "$deb"; };
	APT::Sandbox::User "root";
	Acquire::Languages "none";
	Acquire::Retries "0";
	Acquire::http::Timeout "20";
	Dir::State "$apt/state";
	Dir::State::status "$apt/status";
	Dir::Cache "$apt/cache";
	Dir::Etc::sourcelist "$apt/sources.list";
	Dir::Etc::sourceparts "/dev/null";
EOT
get() { APT_CONFIG=$apt/conf TMPDIR=$apt timeout 200 apt-get -q "$@" >"$apt/log" 2>&1; }
if ! get -o APT::Update::Error-Mode=any update; then
	echo "apt-get update: $(grep '^[EW]:' "$apt/log" | head -n 1)"
	exit 1
fi
# shellcheck disable=SC2086 # words
if ! (cd "$apt" && get download $missing); then
	echo "apt-get download$missing: $(grep '^[EW]:' "$apt/log" | head -n 1)"
	exit 1
fi
for p in $missing; do
	dpkg-deb -x "$apt/${p}"_*.deb "$apt/root" && mv "$apt/root" "$dir/$p" || { echo "$p does not unpack"; exit 1; }
done
