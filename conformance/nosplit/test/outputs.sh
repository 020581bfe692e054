#!/bin/sh
# outputs.sh OUTPUTS [update] - every output of nosplit, on results made by hand: as TAP.
# OUTPUTS is the program made of test/outputs/; its texts are compared with test/outputs/golden/.
# `update` writes those files anew, for a reviewer to read their diff. Called from the project's root.
. conformance/nosplit/test/tap.sh
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
	echo "usage: conformance/nosplit/test/outputs.sh OUTPUTS [update] (build it first: make check)" >&2
	exit 2
fi
case $1 in
/*) outputs=$1 ;;
*) outputs=$(pwd)/$1 ;;
esac
golden=$(pwd)/conformance/nosplit/test/outputs/golden
update=${2:-no}
cd "$tmp" || exit 2
unset COLOR

# same NAME ARGS: what OUTPUTS ARGS prints is the golden file NAME
same() {
	name=$1
	shift
	"$outputs" "$@" >out 2>err
	status=$?
	if [ -s err ] || [ $status -gt 1 ]; then
		point 1 "$name: runs" err
		return
	fi
	[ "$update" = update ] && cp out "$golden/$name"
	diff -u "$golden/$name" out >changes 2>&1
	point $? "$name" changes
}

# has FILE TEXT NAME, hasnot FILE TEXT NAME: fixed strings
has() {
	grep -qF -e "$2" "$1"
	point $? "$3" "$1"
}
hasnot() {
	! grep -qF -e "$2" "$1"
	point $? "$3" "$1"
}

for case in overflow unknown hostile; do
	for format in text json sarif junit dot markdown github; do
		same "$case.$format" show check $format $case
	done
	same "$case.report" show report text $case
done
for format in text json sarif junit markdown github; do
	same "known.$format" show check $format new old
done
same known.report show report text new old
same clean.text show check text clean
same clean.junit show check junit clean
for format in text json markdown; do
	same "why.$format" show why $format overflow
	same "diff.$format" diff $format
done
same baseline.tsv baseline new
same hostile.tsv baseline hostile

# ---- every JSON is JSON, every XML is XML, no output holds what a terminal or a log obeys ----
for case in overflow unknown hostile clean new; do
	for format in text json sarif junit dot html markdown github; do
		"$outputs" show check $format $case >$case.$format 2>err || cat err >>$case.$format
		if LC_ALL=C grep -aq "$(printf '[\001-\010\013-\037\177]')" $case.$format; then
			point 1 "$case.$format: no control characters"
		fi
		case $format in
		json | sarif) "$outputs" json $case.$format >why || point 1 "$case.$format: valid" why ;;
		esac
		if ! iconv -f UTF-8 -t UTF-8 $case.$format >/dev/null 2>&1; then
			point 1 "$case.$format: UTF-8"
		fi
	done
	point 0 "$case: harmless in every format"
done
for bad in '{"a":1,}' '[1 2]' '"\x"' '01' '{"a"}' '[' "\"$(printf '\377')\"" "\"$(printf '\001')\"" ''; do
	printf '%s' "$bad" >bad.json
	! "$outputs" json bad.json >/dev/null 2>&1
	point $? "the JSON check refuses $(printf %s "$bad" | tr -c '[:print:]' '?')"
done
xmllint --noout ./*.junit 2>err
point $? 'junit: a parser reads all of them' err
for case in overflow unknown hostile clean new; do
	dot -Tcanon $case.dot >/dev/null 2>err && [ ! -s err ]
	point $? "$case.dot: Graphviz reads it" err
done
sed 's/{$/{ [/' hostile.dot >bad.dot
! dot -Tcanon bad.dot >/dev/null 2>&1
point $? 'dot: Graphviz refuses what is none'
[ "$(grep -c '^::error ' hostile.github)" -eq 3 ] && [ "$(wc -l <hostile.github)" -eq 3 ]
point $? 'github: one line a finding, and a name starts no command of its own' hostile.github

# ---- the page ----
has hostile.html '&lt;script&gt;alert' 'html: names are escaped'
hasnot hostile.html '<script>alert' 'html: names are no markup'
hasnot overflow.html '://' 'html: nothing from elsewhere'
hasnot overflow.html ' src=' 'html: no file but this one'
has overflow.html "default-src 'none'" 'html: a policy against it'
has overflow.html '<svg class="icicle"' 'html: the icicle is inline'
has overflow.html 'id="q"' 'html: a search box'
has overflow.html '132 of 128' 'html: budgets'
has overflow.html '4 over' 'html: the verdict is a word'
"$outputs" show check html new old >delta.html
has delta.html 'to the baseline' 'html: a column for the baseline'
has delta.html '>+8</td>' 'html: growth'
has delta.html '1 known to the baseline' 'html: what is known is folded'
# What is wrong with the nesting; HTML 5 elements are unknown to this parser. That it reads at
# all is seen in one that is nested badly.
nesting() {
	xmllint --html --noout "$@" 2>&1 | grep -E 'mismatch|Unexpected end'
}
nesting ./*.html >err
[ ! -s err ]
point $? 'html: elements are nested well' err
printf '<p><b>x</p></i>' >bad
nesting bad >err
point $? 'html: bad nesting is seen'

# ---- fingerprints do not move with addresses and lines ----
grep -o '"nosplit/v1":"[^"]*"' overflow.sarif >a
grep -o '"nosplit/v1":"[^"]*"' new.sarif | head -n 1 >b
cmp a b >err 2>&1
point $? 'sarif: the same finding in another image has the same fingerprint' err
[ "$(grep -o '"nosplit/v1":"[^"]*"' unknown.sarif | sort -u | wc -l)" -eq 3 ]
point $? 'sarif: each finding has a fingerprint of its own' unknown.sarif

# ---- colour ----
COLOR=1 "$outputs" show check text overflow | sed "s/$(printf '\033')\[[0-9;]*m//g" >plain
diff -u overflow.text plain >err
point $? 'colour adds nothing but colour' err
finish
