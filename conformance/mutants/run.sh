#!/bin/sh
# run.sh ID - one mutant: breaks a copy of the kit as conformance/mutants/list says,
# builds the one test that must notice, and lets the runner judge it. From the
# project's root, after the healthy objects, of which the copy starts.
#
# Prints TAP. Caught means that the test failed, and for the reason that the list
# gives: a mutant that does not build, or that a test fails for another reason, is
# an error of the list. Exit 0 caught, 1 not, 2 a bad call. Writes to build/mutants/ID
# only, and removes it if the mutant was caught.
set -u

list=conformance/mutants/list
limit=100 # seconds: the longest takes 12, those that wait in vain for 10; more on a busy machine
usage() {
	echo "conformance/mutants/run.sh: $*" >&2
	exit 2
}
[ -f $list ] || usage "run it from the project's root"
[ $# -eq 1 ] || usage "expected one ID of $list, found $# arguments"
row=$(awk -F'\t' -v id="$1" '$1 == id' $list)
[ -n "$row" ] || usage "$1: no such mutant: the identifiers are in $list"
printf '%s\n' "$row" | awk -F'\t' 'NF != 9 || /\t\t/ || NR > 1 { exit 1 }' ||
	usage "$1: expected one line of 9 columns in $list, none of them empty"
field() { printf '%s\n' "$row" | cut -f"$1"; }
id=$1 arch=$(field 2) file=$(field 3) test=$(field 4) variant=$(field 5) what=$(field 6) says=$(field 7)

dir=build/mutants/$id
os=linux
case $arch in *-*) os=${arch#*-} arch=${arch%%-*} ;; esac
key() { sed -n "s/^$1 = //p" "os/$os/os.mk"; }
archkey() { # of this arch, or of all that have none of their own
	v=$(key "$1\.$arch")
	[ -n "$v" ] || v=$(key "$1" | sed "s/{arch}/$arch/g")
	echo "$v"
}
build=$arch-$os
case $variant in - | hostile | old) ;; *) build=$build-$variant ;; esac
source=$(echo conformance/*/"$test"-*.c)
name=$(basename "$source" .c)
case $test in
contract) target=contract.ok ;; # the build itself must fail
budget) target=budget/kit$(key imagesuffix) ;;	# nosplit must find it, on the image that is all of the kit
*)
	[ -f "$source" ] || usage "$id: no such test: conformance/*/$test-*.c"
	target=test/$name$(key imagesuffix)
	;;
esac
for need in "build/$build/contract.ok" "build/$build/conformance/test.o" build/tools/contract build/tools/runner build/tools/nosplit; do
	[ -f "$need" ] || usage "$need is missing: run make images build/tools/runner build/tools/nosplit first"
done

verdict() { # status, what follows the mutant's name, file that says more
	echo 'TAP version 13'
	echo 1..1
	if [ "$1" -eq 0 ]; then
		echo "ok 1 - $id $arch: $what: $2"
		rm -rf "$dir"
		exit 0
	fi
	echo "not ok 1 - $id $arch: $what: $2"
	echo "# $list: $id: $file in $dir; see there, and conformance/mutants/run.sh $id"
	[ $# -lt 3 ] || sed 's/^/#   /' "$3" | tail -n 20
	exit 1
}

# The copy: what the build reads, and what is built already, but for the images.
rm -rf "$dir"
mkdir -p "$dir/build/$build/conformance" || exit 2
cp -a Makefile arch core os mk conformance "$dir"
cp -a build/gen "$dir/build"
for part in "build/$build"/*; do
	case $part in
	*/test | */bench | */gdb | */conformance) ;;
	*) cp -a "$part" "$dir/build/$build" ;;
	esac
done
cp -a "build/$build"/conformance/test.[do] "$dir/build/$build/conformance"
subject=$(basename "$(dirname "$source")")
if [ -f "build/$build/conformance/$subject/$name.o" ]; then
	mkdir "$dir/build/$build/conformance/$subject"
	cp -a "build/$build/conformance/$subject/$name".[do] "$dir/build/$build/conformance/$subject"
fi
awk -v id="$id" -f conformance/mutants/apply.awk $list "$file" 2>"$dir/log" >"$dir/$file" ||
	verdict 1 "cannot be made" "$dir/log"

# The tools are the healthy ones (-o: never made here), and so is the plugin, unless
# it is what the mutant breaks: then it is made of one unit that includes all, which
# takes a fifth of the time, and the family's unsplit build, which has no checks, stays.
# Their paths are relative, because make takes no space in a name.
set -- BUILD=build TOOLDIR=../../tools "ARCH=$arch" "OS=$os" SETUP=no V=0 -o setup -o ../../tools/contract
case $test in contract | budget) ;; *) set -- "$@" "TEST=$test" ;; esac
case $file in
mk/plugin/* | arch/*/split.h | core/stack.h)
	(cd "$dir/mk/plugin" && printf '#include "%s"\n' *.cc >.all && mv .all all.cc)
	set -- "$@" PLUGINSRC=mk/plugin/all.cc -o "build/$build/gen/family_ref.o"
	;;
*) set -- "$@" PLUGINDIR=../../plugin -o "../../plugin/$arch/split.so" -o "../../plugin/$arch-$os/split.so" ;;
esac
# Not a part of the make that may have called us: it has other variables.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
make -C "$dir" "$@" "build/$build/$target" >"$dir/log" 2>&1
status=$?
if [ "$test" = contract ]; then
	line=$(grep -F -e "$says" "$dir/log" | head -n 1)
	[ $status -ne 0 ] || verdict 1 "survived the contract"
	[ -n "$line" ] || verdict 1 "the build failed, but not as meant: expected \"$says\"" "$dir/log"
	verdict 0 "caught by the contract: $line"
fi
[ $status -eq 0 ] || verdict 1 "does not build" "$dir/log"
if [ "$test" = budget ]; then
	build/tools/nosplit check --color never --label "$os/$arch" "$dir/build/$build/$target" >"$dir/judged" 2>&1
	status=$?
	line=$(grep -F -e "$says" "$dir/judged" | head -n 1)
	[ $status -ne 0 ] || verdict 1 "survived nosplit"
	[ $status -eq 1 ] && [ -n "$line" ] || verdict 1 "nosplit says it, but not as meant: expected \"$says\"" "$dir/judged"
	verdict 0 "caught by nosplit: $line"
fi

# judge HOW [EMULATOR]: as the suite does it, but on this image.
judge() {
	printf '%s/%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$os" "$arch" "$variant" "$1" "$subject" "$test" "$source" $limit \
		"${2-}${2+ }$dir/build/$build/$target" >"$dir/plan.tsv"
	build/tools/runner --color never -o "$dir/report" "$dir/plan.tsv" >"$dir/judged" 2>"$dir/log" </dev/null
	status=$?
}
how=$(archkey how)
emulator=$(sed -n 's/^emulator = //p' "arch/$arch/arch.mk")
case " $(sed -n 's/^native = //p' "arch/$arch/arch.mk") " in
*" $(uname -m) "*) [ -n "$how" ] || judge native ;;
*) [ -n "$how" ] || judge "$emulator" "$emulator" ;;
esac
[ -z "$how" ] || judge "$how" "$(archkey runner)$(case $variant in hostile | old) echo " --$variant" ;; esac)"
# A kernel without the means for this arch.
[ -n "$how" ] || ! grep -q 'Exec format error' "$dir/judged" || judge "$emulator" "$emulator"

# The report has a few lines of what was printed; all of it is with the TAP.
line=$(grep -hF -e "$says" "$dir/judged" "$dir"/report/tap/*/*.tap | head -n 1 | sed 's/^[ #]*//')
case $status in
0) verdict 1 "survived $test: strengthen $source, or say why it is none" ;;
1) [ -n "$line" ] || verdict 1 "$test failed, but not as meant: expected \"$says\"" "$dir/judged" ;;
*) verdict 1 "the runner could not judge $test" "$dir/log" ;;
esac
verdict 0 "caught by $test: $line"
