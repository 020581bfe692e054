#!/bin/sh
# The accept and reject table: every program in `cases`, with both kinds of prologue, is
# assembled, linked and checked. From the project's root:
#	conformance/nosplit/test/table/run.sh ARCH CC NOSPLIT
# A program over budget must get NS001 with the number of bytes that model.awk works
# out; recursion NS003; one that is accepted no finding at all.
here=conformance/nosplit/test/table
if [ $# -ne 3 ]; then
	echo "usage: $here/run.sh ARCH CC NOSPLIT" >&2
	exit 2
fi
arch=$1 cc=$2 nosplit=$3
. conformance/nosplit/test/tap.sh
needs "$nosplit"
as=$(tool as) ld=$(tool ld)
case $arch in 386) emulation=elf_i386 ;; amd64) emulation=elf_x86_64 ;; arm) emulation=armelf_linux_eabi ;; esac

# name expected bytes
judge() {
	file=$dir/$1
	if ! "$as" -o "$file.o" "$file.s" >"$tmp/out" 2>&1 ||
		! "$ld" -m $emulation -e outer -o "$file" "$file.o" >"$tmp/out" 2>&1; then
		echo "$1: does not assemble and link:"
		cat "$tmp/out"
		return
	fi
	"$nosplit" check --color=never "$file" >"$tmp/out" 2>&1 </dev/null
	status=$?
	rules=$(grep -o ' NS[0-9]*\]\| DV[0-9]*\]' "$tmp/out" | sort -u | tr -d ' ]\n')
	want=1
	case $2 in
	A) rule='' want=0 ;;
	R) rule=NS001 ;;
	L) rule=NS003 ;;
	esac
	found=
	[ "$rules" = "$rule" ] || found="found rules ${rules:-none}, expected ${rule:-none}; "
	[ $status -eq $want ] || found="${found}exit $status, expected $want; "
	if [ "$2" = R ] && ! grep -q "[ :]$3 of 128 bytes, $(($3 - 128)) over" "$tmp/out"; then
		found="${found}expected $3 of 128 bytes, $(($3 - 128)) over; "
	fi
	if [ -n "$found" ]; then
		echo "$1: $program: $found"
		cat "$tmp/out"
	fi
}

for style in call kit; do
	dir=$tmp/$style
	mkdir "$dir"
	awk -v arch="$arch" -v style=$style -v dir="$dir" -f $here/emit.awk $here/cases &&
		awk -v OFS='\t' -v arch="$arch" -v style=$style -f $here/model.awk $here/cases >"$dir/model" || exit 2
	right=0 all=0
	while IFS='	' read -r name model column bytes; do
		all=$((all + 1))
		program=$(awk -F'\t' -v name="$name" '$1 == name { print $2 }' $here/cases)
		if [ "$model" != "$column" ]; then
			echo "$name: the model says $model, cases says $column" >"$tmp/judged"
		else
			judge "$name" "$model" "$bytes" >"$tmp/judged"
		fi
		[ -s "$tmp/judged" ] || right=$((right + 1))
		[ ! -s "$tmp/judged" ]
		point $? "$arch $style: $name: $model" "$tmp/judged"
	done <"$dir/model"
	echo "# $arch, prologue of style $style: $right of $all as expected"
	[ $all -eq 71 ]
	point $? "$arch $style: 71 programs"
done
finish
