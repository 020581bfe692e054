#!/bin/sh
# readme.sh COMMAND... IMAGE - the program that README.md shows is conformance/programs/sum.c
# but for its first line, and IMAGE, which is made of that, adds up right. From the root.
set -u
source=conformance/programs/sum.c
echo 'TAP version 13'
echo 1..2
shown=$(sed -n '/^## A program/,/^A program defines/p' README.md | sed -n 's/^    //p; /^$/p')
held=$(sed 1d $source | sed 's/	/        /g')
if [ "$(printf '%s\n' "$shown" | sed '/^$/d')" = "$(printf '%s\n' "$held" | sed '/^$/d')" ]; then
	echo "ok 1 - README.md shows $source"
else
	echo "not ok 1 - README.md shows $source"
	echo "# the block behind \"## A program\" differs from it, its first line apart: copy it anew, tabs as 8 blanks"
fi
found=$("$@" 2>&1)
status=$?
if [ "$found" = 'sum 5050' ] && [ $status -eq 0 ]; then
	echo "ok 2 - $* prints its sum"
else
	echo "not ok 2 - $* prints its sum"
	echo "# expected: sum 5050, exit status 0; found: $found, exit status $status"
fi
