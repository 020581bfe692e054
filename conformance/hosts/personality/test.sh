#!/bin/sh
# What the host and its models do besides running the suite: old kernels, threads that run
# out, images that the OS would not run. From the project's root, after the images:
#	conformance/hosts/personality/test.sh OS ARCH TRIPLE COMMAND...
# COMMAND is what an image's name follows (os.mk: runner.ARCH). Prints TAP; exit 0 if all
# passed, 1 if not, 2 for a bad call.
set -u

if [ $# -lt 4 ] || [ ! -d "build/$2-$1/test" ]; then
	echo 'usage, from the project'"'"'s root: conformance/hosts/personality/test.sh OS ARCH TRIPLE COMMAND...' >&2
	exit 2
fi
os=$1 arch=$2 triple=$3
shift 3
images=build/$arch-$os/test
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM

n=0 failed=0
judge() { # text, 0 if it is well; what was found is in out
	n=$((n + 1))
	if [ "$2" = 0 ]; then
		echo "ok $n - $1"
	else
		failed=1
		echo "not ok $n - $1"
		sed 's/^/# /' "$tmp/out" | tail -n 20
	fi
}
# text, expected status, text that the output has, command...
expect() {
	text=$1 status=$2 says=$3
	shift 3
	timeout 100 "$@" >"$tmp/out" 2>&1
	found=$?
	echo "exit status $found, expected $status, and: $says" >>"$tmp/out"
	[ $found = "$status" ] && sed '$d' "$tmp/out" | grep -qF -e "$says"
	judge "$text" $?
}
image() { printf '%s\n' "$images/$1"-* | grep -v '\.elf$'; }

echo 'TAP version 13'
case $os in
netbsd) name=NetBSD old='S02 S03 S04 S05 S06 S07 S09 S14 S16 L05' ;;
freebsd) name=FreeBSD old='S03 S09 N12' ;;
openbsd) name=OpenBSD old= ;;
darwin) name=Mach-O old= ;;
*)
	echo "test.sh: $os: expected freebsd, netbsd, openbsd or darwin" >&2
	exit 2
	;;
esac

# shellcheck disable=SC2046 # one word a path
{
	for t in $old; do
		expect "$t on an older kernel" 0 "ok 1 - $t" "$@" --old $(image "$t")
	done
	# It is another kernel indeed: there the sleeps are on the realtime clock.
	[ $os != netbsd ] || expect 'N12 on an older kernel notices its clock' 1 'not ok 1 - N12' "$@" --old $(image N12)

	for t in S03 S06 S09; do
		[ $os = freebsd ] || [ $os = darwin ] || expect "$t where a tick is 10 ms" 0 "ok 1 - $t" "$@" --hz 100 $(image $t)
	done
	expect 'threads that run out are told of' 2 'the OS gave no thread' "$@" --threads 2 $(image A03)
	expect 'memory that runs out is told of' 2 'out of memory' "$@" --memory 1000000 $(image K03)
	expect 'hostile mode prints its seed, and takes it' 0 '# hostile: --seed 7' "$@" --hostile --seed 7 $(image A01)
	expect 'an unknown option' 125 'no such option' "$@" --nice $(image A01)
	expect 'no image' 125 'no image' "$@"
	case $os in darwin) kind='Mach-O' ;; *) kind='static ELF' ;; esac
	expect 'what is no image' 125 "expected a $kind executable" "$@" README.md
}

# shellcheck disable=SC2046 # one word a path
if [ $os = darwin ]; then
	case $arch in amd64) thread=488 ;; *) thread=400 ;; esac # behind the header and three segments
	cp $(image A01) "$tmp/dynamic"
	printf '\050' | dd of="$tmp/dynamic" bs=1 seek=$thread conv=notrunc 2>"$tmp/out"
	expect 'an image without LC_UNIXTHREAD' 125 'no LC_UNIXTHREAD' "$@" "$tmp/dynamic"
	expect 'an image of another kind' 125 "expected a Mach-O executable" "$@" "$(image A01).elf"
else
	LC_ALL=C sed "s/$name/${name%?}X/g" $(image A01) >"$tmp/brand"
	chmod +x "$tmp/brand"
	expect 'an image without the OS'"'"'s note' 125 'no note says' "$@" "$tmp/brand"
	"$triple-readelf" -W -h -n -l $(image A01) >"$tmp/out" 2>&1
	grep -q 'EXEC (Executable' "$tmp/out" && grep -q "$name" "$tmp/out" && ! grep -q INTERP "$tmp/out"
	judge "the image is static, and its note says $name" $?
fi

if [ $os = openbsd ]; then
	# Every place in the code that makes a call is in the table of pins, and no other.
	file=$(image A01)
	"$triple-objdump" -d "$file" | sed -n 's/^ *\([0-9a-f]*\):.*\t\(syscall\|int *\$0x80\) *$/\1/p' | sort >"$tmp/sites"
	"$triple-readelf" -x .openbsd.syscalls "$file" | awk '/0x/ {
		line = substr($0, 14, 36)
		gsub(/ /, "", line)
		for (i = 1; i + 15 <= length(line); i += 16) {
			s = ""
			for (k = 6; k >= 0; k -= 2)
				s = s substr(line, i + k, 2)
			sub(/^0+/, "", s)
			print s
		}
	}' | sort >"$tmp/pins"
	{
		echo 'instructions that make calls, and pins:'
		diff "$tmp/sites" "$tmp/pins"
	} >"$tmp/out"
	[ -s "$tmp/sites" ] && cmp -s "$tmp/sites" "$tmp/pins"
	judge 'every system call of the image is pinned' $?
	"$triple-readelf" -W -l "$file" >"$tmp/out" 2>&1
	grep -qE '(LOOS.0x5|0x65)a3dbe9' "$tmp/out"
	judge 'the table has a segment (PT_OPENBSD_SYSCALLS)' $?
	grep -qE '(LOOS.0x5|0x65)a3dbe8' "$tmp/out"
	judge 'no marks for indirect branches are asked for (PT_OPENBSD_NOBTCFI)' $?
fi
echo "1..$n"
exit $failed
