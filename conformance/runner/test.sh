#!/bin/sh
# test.sh RUNNER - the runner's own tests, as TAP. Each verdict that the runner can give has a
# small program that must get it. Called from the project root; writes only to a folder of its own.

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
	echo "usage: conformance/runner/test.sh RUNNER (build it first: make)" >&2
	exit 2
fi
case $1 in
/*) runner=$1 ;;
*) runner=$(pwd)/$1 ;;
esac
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
cd "$dir" || exit 2
unset NO_COLOR
TAB=$(printf '\t')
points=0 failed=0 code=0

# run ARGS: runs the runner; what it did is in $code, out and err.
run() {
	"$runner" "$@" >out 2>err </dev/null
	code=$?
}

# judge TEXT WHY: prints a point; WHY is empty if it is good.
judge() {
	points=$((points + 1))
	if [ -z "$2" ]; then
		echo "ok $points - runner: $1"
	else
		failed=$((failed + 1))
		echo "not ok $points - runner: $1"
		echo "# conformance/runner/test.sh: $1: $2"
		sed 's/^/#   out: /' out | head -n 12
		sed 's/^/#   err: /' err | head -n 4
	fi
}

# expect TEXT CODE [FILE:STRING]...: the last run ended with CODE, and FILE holds STRING
# (or, as !FILE:STRING, does not).
expect() {
	text=$1 why=
	[ "$code" -eq "$2" ] || why="expected exit status $2, found $code"
	shift 2
	for e; do
		[ -z "$why" ] || break
		file=${e%%:*} string=${e#*:}
		case $file in
		!*) ! grep -qF -e "$string" "${file#!}" || why="expected no \"$string\" in ${file#!}" ;;
		*) grep -qF -e "$string" "$file" || why="expected \"$string\" in $file, found none" ;;
		esac
	done
	judge "$text" "$why"
}

# row PORT SUBJECT ID COMMAND [LIMIT]: a line of a plan.
row() {
	printf '%s\t-\tnative\t%s\t%s\tsrc/%s.c\t%s\t%s\n' "$1" "$2" "$3" "$3" "${5-5}" "$4"
}

# verdict TEXT CODE COMMAND-FILE [FILE:STRING]...: runs one test made of stdin.
verdict() {
	text=$1 want=$2
	shift 2
	cat >case.sh
	row linux/amd64 sleep S01 'sh case.sh' "${limit-5}" >plan
	run plan
	expect "$text" "$want" "$@"
}

last() { tail -n 1 out; }

# --- verdicts ---------------------------------------------------------------------------

verdict 'a test that passes' 0 'out:1 passed, 0 failed, 0 skipped' '!out:FAIL' <<'EOF'
echo TAP version 13; echo 1..1; echo 'ok 1 - fine'
EOF
verdict 'plan after the last point, CR LF' 0 'out:2 passed, 0 failed' <<'EOF'
printf 'ok 1 - a\r\nok 2 - b\r\n1..2\r\n'
EOF
verdict 'a test that fails: file, line, expected, found, command' 1 \
	'out:0 passed, 1 failed, 0 skipped' 'out:FAIL linux/amd64 - native S01 fine' 'out:    src/S01.c' \
	'out:    a.c:3: sum: expected 4, found 5' 'out:make run TEST=S01 ARCH=amd64 OS=linux' <<'EOF'
echo 1..1; echo 'not ok 1 - fine'; echo '# a.c:3: sum: expected 4, found 5'; exit 1
EOF
verdict 'diagnostics ahead of the point that they explain' 1 'out:    b.c:9: expected 1, found 2' \
	'!out:about the first' <<'EOF'
echo 1..2; echo '# about the first'; echo 'ok 1 - fine'; echo '# b.c:9: expected 1, found 2'; echo 'not ok 2 - sum'; exit 1
EOF
verdict 'not ok but exit 0 fails' 1 'out:0 passed, 1 failed' <<'EOF'
echo 1..1; echo 'not ok 1 - no'
EOF
verdict 'ok but exit 1 fails' 1 'out:expected exit status 0, found exit status 1' <<'EOF'
echo 1..1; echo 'ok 1 - yes'; exit 1
EOF
verdict 'two ok points but exit 3: both pass, the test fails' 1 'out:2 passed, 1 failed' \
	'out:expected exit status 0, found exit status 3' <<'EOF'
echo 1..2; echo 'ok 1 - a'; echo 'ok 2 - b'; exit 3
EOF
verdict 'a skipped point' 0 'out:1 passed, 0 failed, 1 skipped' \
	'out:SKIP linux/amd64 - native S01.2: no clock' <<'EOF'
echo 1..2; echo 'ok 1 - a'; echo 'ok 2 - b # SKIP no clock'
EOF
verdict 'a skipped test' 0 'out:0 passed, 0 failed, 1 skipped' 'out:S01: not here' <<'EOF'
echo '1..0 # SKIP not here'
EOF
verdict 'not ok is no skip, and no TODO' 1 'out:0 passed, 2 failed' <<'EOF'
echo 1..2; echo 'not ok 1 - a # SKIP x'; echo 'not ok 2 - b # TODO x'; exit 1
EOF
verdict 'throws with the right message' 0 'out:1 passed, 0 failed' <<'EOF'
echo 1..1; echo '# throws: double wakeup'; echo 'fatal: double wakeup' >&2; exit 2
EOF
verdict 'throws with the wrong message' 1 'out:"double wakeup" on stderr' 'out:fatal: other' <<'EOF'
echo 1..1; echo '# throws: double wakeup'; echo 'fatal: other' >&2; exit 2
EOF
verdict 'throws with exit 0' 1 'out:found exit status 0' <<'EOF'
echo 1..1; echo '# throws: m'; echo m >&2; exit 0
EOF
verdict 'throws by a signal' 1 'out:found death by SIGABRT' <<'EOF'
echo 1..1; echo '# throws: m'; echo m >&2; kill -ABRT $$
EOF
verdict 'announces a throw and goes on' 1 'out:found that the test went on' <<'EOF'
echo 1..1; echo '# throws: m'; echo 'ok 1 - no throw'; echo m >&2; exit 2
EOF
verdict 'throws before the last point: the rest was not reached' 1 'out:2 passed, 1 failed' <<'EOF'
echo 1..3; echo 'ok 1 - a'; echo '# throws: m'; echo m >&2; exit 2
EOF
verdict 'throws without a pending point' 1 'out:found all 1 done and exit status 2' <<'EOF'
echo 1..1; echo 'ok 1 - a'; echo '# throws: m'; echo m >&2; exit 2
EOF
verdict 'unexpected throw: stderr is the message' 1 'out:unexpected throw' 'out:fatal: bad g' \
	'out:S01: 1 more point not reached' 'out:1 passed, 2 failed' <<'EOF'
echo 1..3; echo 'ok 1 - a'; echo 'fatal: bad g' >&2; exit 2
EOF
limit=0.3 verdict 'time limit, with the last lines' 1 'out:the time limit of 0.3 s at point 2 of 2' \
	'out:last words' <<'EOF'
(sleep 1.2; touch late) & echo 1..2; echo 'ok 1 - a'; echo '# last words'; sleep 20
EOF
unset limit
late=$(date +%s)
verdict 'crash by a signal, by name' 1 'out:death by SIGSEGV (Segmentation fault) at point 1 of 1' <<'EOF'
echo 1..1; kill -SEGV $$
EOF
verdict 'no TAP' 1 'out:no TAP: expected a plan 1..N on stdout, found 6 bytes' 'out:hello' <<'EOF'
echo hello
EOF
verdict 'no output at all' 1 'out:no TAP' <<'EOF'
:
EOF
verdict 'missing plan' 1 'out:expected one plan 1..N, found none with 1 points' <<'EOF'
echo 'ok 1 - a'
EOF
verdict 'two plans' 1 'out:expected one plan 1..N, found a second one, found stdout line 3' <<'EOF'
echo 1..1; echo 'ok 1 - a'; echo 1..1
EOF
verdict 'plan in the middle' 1 'out:found it after point 1 of 2' <<'EOF'
echo 'ok 1 - a'; echo 1..2; echo 'ok 2 - b'
EOF
verdict 'plan of nothing, plan of garbage' 1 'out:expected a plan of at least one point' <<'EOF'
echo 1..0
EOF
verdict 'plan too large to be meant' 1 'out:at most 10000 points' <<'EOF'
echo 1..99999999999999999999
EOF
verdict 'fewer points than planned' 1 'out:expected 3 points as planned, found 1' 'out:1 passed, 2 failed' <<'EOF'
echo 1..3; echo 'ok 1 - a'
EOF
verdict 'more points than planned' 1 'out:expected 1 points as planned, found 2' <<'EOF'
echo 1..1; echo 'ok 1 - a'; echo 'ok 2 - b'
EOF
verdict 'points out of order' 1 'out:expected point 2, found stdout line 3: ok 3 - c' \
	'out:1 passed, 2 failed' <<'EOF'
echo 1..3; echo 'ok 1 - a'; echo 'ok 3 - c'; echo 'ok 2 - b'
EOF
verdict 'a point without a number' 1 'out:expected `ok K - text`' <<'EOF'
echo 1..1; echo 'ok - a'
EOF
verdict 'bail out' 1 'out:expected no bail-out' 'out:no memory' <<'EOF'
echo 1..1; echo 'Bail out! no memory'
EOF
verdict 'binary output is shown escaped' 1 'out:\x1b[31m\x00\xff' <<'EOF'
printf '1..1\nnot ok 1 - x\n# \033[31m\000\377 end\n'; exit 1
EOF
verdict 'huge output is drained, and not judged beyond 1 MiB' 1 'out:expected at most 1 MiB' <<'EOF'
echo 1..1; echo 'ok 1 - a'; dd if=/dev/zero bs=65536 count=64 2>/dev/null
EOF
verdict 'huge stderr is drained and harmless' 0 'out:1 passed' <<'EOF'
echo 1..1; dd if=/dev/zero bs=65536 count=64 2>/dev/null >&2; echo 'ok 1 - a'
EOF
verdict 'small stack, no core file, empty stdin, own process group' 0 'out:4 passed' <<'EOF'
point() { if [ "$2" = "$3" ]; then echo "ok $1 - $2"; else echo "not ok $1 - $2, $3"; fi; }
echo 1..4
point 1 "$(ulimit -s)" 512
point 2 "$(ulimit -c)" 0
point 3 "$(cat)" ''
point 4 "$(cut -d' ' -f5 /proc/$$/stat)" $$
EOF
verdict 'a process that keeps the pipe open does not hold the runner' 0 'out:1 passed' <<'EOF'
echo 1..1; echo 'ok 1 - a'; sleep 20 &
EOF

# --- what cannot be run -----------------------------------------------------------------

row linux/arm sleep S01 'qemu-none build/x' >plan
run plan
expect 'missing emulator: what, and the next step' 1 \
	'out:cannot run qemu-none: No such file or directory: install it' 'out:--skip linux/arm'
row linux/arm sleep S01 ./build/x >plan
run plan
expect 'missing image' 1 'out:cannot run ./build/x: No such file or directory: build it'
row linux/arm sleep S01 'false build/x' >plan
run plan
expect 'image missing for its emulator' 1 'out:cannot run build/x: No such file'
printf '\177ELF' >bad.elf
chmod +x bad.elf
row linux/arm sleep S01 ./bad.elf >plan
run plan
expect 'image of no known format' 1 'out:cannot run ./bad.elf: Exec format error: an emulator must run it'

# --- choosing, expecting, covering ------------------------------------------------------

cat >ok.sh <<'EOF'
echo 1..1; echo 'ok 1 - good'
EOF
cat >no.sh <<'EOF'
echo 1..2; echo 'ok 1 - good'; echo 'not ok 2 - bad'; echo '# here'; exit 1
EOF
{ row linux/amd64 sleep S01 'sh ok.sh'; row linux/amd64 lock L01 'sh no.sh'
	row linux/arm sleep S01 'sh ok.sh'; row linux/arm lock L01 'sh no.sh'; } >plan
printf '# id\n\nS01\tsleep\tSleeps.\tfutex(2)\nL01\tlock\tLocks.\tGo\n' >assertions
run -j 4 plan
expect 'matrix of ports by subjects with marks' 1 'out:linux/arm' 'out:1/2!' 'out:4 passed, 2 failed, 0 skipped'
sed 's/native/qemu-arm+personality/' plan >plan2
run -o rep/states plan2
expect 'a row that a model runs says so' 1 'out:personality: by our model of the kernel, not the kernel' \
	'rep/states/index.html:our model of the kernel'
run plan
expect 'and no other does' 1 '!out:our model'
run --summary-only plan
expect '--summary-only' 1 '!out:FAIL' 'out:1/2!' 'out:4 passed, 2 failed, 0 skipped'
run --assertions assertions plan
expect 'a point has its own sentence' 1 'out:L01.2 bad'
run --skip linux/arm plan
expect '--skip counts by name' 1 'out:SKIP linux/arm - native L01 S01: --skip linux/arm' \
	'out:2 passed, 1 failed, 2 skipped'
run --skip linux/vax plan
expect '--skip of an unknown port' 2 'err:no such port' 'err:linux/amd64, linux/arm'
run --skip linux/arm --skip linux/amd64 plan
expect 'everything skipped: nothing ran' 2 'err:no test to run'
run --only S01 plan
expect '--only' 0 'out:2 passed, 0 failed, 0 skipped' '!out:lock'
run --only L01.2 --skip linux/arm plan
expect '--only with the id of a point' 1 'out:1 passed, 1 failed, 1 skipped'
run --only S0 plan
expect '--only of an unknown id' 2 'err:--only S0: no such test'
printf 'linux/amd64\tL01.2\tknown\nlinux/arm - native\tL01\tknown, too\n' >xfail
run --xfail xfail --assertions assertions plan
expect 'expected failures pass and are listed' 0 'out:XFAIL linux/amd64 - native L01.2 bad: expected: known' \
	'out:6 passed, 0 failed, 0 skipped'
printf 'linux/amd64\tS01\tknown\n' >xfail
run --xfail xfail --only S01 plan
expect 'an expected failure that passes fails' 1 'out:xfail:1: expected a failure (known), found a pass' \
	'out:1 passed, 1 failed'
printf 'linux/amd64\tS01.7\tknown\n' >xfail
run --xfail xfail --only S01 plan
expect 'an expected failure of a point that is not there fails' 1 'out:no such point' 'out:2 passed, 1 failed'
printf '\nlinux/vax\tS01\tknown\n' >xfail
run --xfail xfail plan
expect 'expected failure of an unknown port' 2 'err:xfail:2: no test S01 for linux/vax in plan'
printf 'linux/arm\tS99\tknown\n' >xfail
run --xfail xfail --assertions assertions plan
expect 'expected failure of an unknown id' 2 'err:xfail:1: S99 is not in assertions'
printf 'linux/arm\tS01\n' >xfail
run --xfail xfail plan
expect 'malformed expected failure' 2 'err:xfail:1: expected 3 columns'
run coverage --assertions assertions plan
expect 'coverage: complete' 0 'out:2 assertions, 0 without a test; 2 tests, 0 without an assertion'
printf 'S01\tsleep\tSleeps.\tfutex(2)\nS02\tsleep\tWakes.\tfutex(2)\n' >assertions2
run coverage --assertions assertions2 plan
expect 'coverage: both ways' 1 'out:assertions2:2: S02 (sleep) has no test: Wakes.' \
	'out:plan:2: L01 (lock) has no assertion: src/L01.c'

# --- bad input --------------------------------------------------------------------------

bad_plan() {
	cat >badplan
	run badplan
	expect "bad plan: $1" 2 "err:$2"
	[ "$(wc -l <err)" -eq 1 ] || judge "bad plan: $1: one line" "found $(wc -l <err) lines"
}
bad_plan 'too few columns' 'badplan:2: expected 8 columns' <<EOF
# comment
linux/arm${TAB}-
EOF
bad_plan 'too many columns' 'found 9' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1${TAB}true${TAB}x
EOF
bad_plan 'empty column' 'badplan:1: column 2 is empty' <<EOF
a${TAB}${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1${TAB}true
EOF
bad_plan 'bad limit' 'bad limit "1s"' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1s${TAB}true
EOF
bad_plan 'limit of nothing' 'bad limit "0"' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}0${TAB}true
EOF
bad_plan 'two spaces in the command' 'expected single spaces' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1${TAB}true  x
EOF
bad_plan 'id that is a path' 'bad id "../x"' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}../x${TAB}f.c${TAB}1${TAB}true
EOF
bad_plan 'CR LF' 'found CR' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1${TAB}true$(printf '\r')
EOF
bad_plan 'same id twice' 'badplan:2: I clashes with I of line 1' <<EOF
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1${TAB}true
a${TAB}-${TAB}n${TAB}s${TAB}I${TAB}f.c${TAB}1${TAB}true
EOF
bad_plan 'empty' 'has no test' <<EOF
# nothing

EOF
run nosuch
expect 'missing plan file' 2 'err:cannot open nosuch: No such file or directory'
printf 'S01\tsleep\n' >bada
run --assertions bada plan
expect 'malformed assertions' 2 'err:bada:1: expected 4 columns'
printf 'S01\ta\tb\tc\nS01\ta\tb\tc\n' >bada
run --assertions bada plan
expect 'assertion twice' 2 'err:bada:2: S01 is already on line 1'
run --frob plan
expect 'unknown option' 2 'err:unknown option --frob'
run -j 0 plan
expect 'bad -j' 2 'err:-j 0'
run --color=pink plan
expect 'bad --color' 2 'err:choose auto, always or never'
run
expect 'no plan' 2 'err:expected one PLAN, found 0'
run coverage plan
expect 'coverage without assertions' 2 'err:coverage needs --assertions'
run --help
expect '--help' 0 'out:usage: runner' 'out:--summary-only'
run --version
expect '--version' 0 'out:runner'
if [ -c /dev/full ]; then
	"$runner" plan >/dev/full 2>err
	code=$?
	: >out
	expect 'stdout that cannot be written' 2 'err:cannot write to stdout'
fi

# --- reports ----------------------------------------------------------------------------

cat >mark.sh <<'EOF'
printf '1..3\nok 1 - <b> & "quotes" \\ '"'"'x'"'"'\nnot ok 2 - \001\377]]> ü\n# <i>&"\\ \002\nok 3 - s # SKIP <why>\n'
echo '<err>' >&2
exit 1
EOF
row linux/arm lock M01 'sh mark.sh' >>plan
run -o rep/deep --assertions assertions plan
expect 'reports are written' 1 'rep/deep/report.json:{"schema":1,' 'rep/deep/junit.xml:<testsuites ' \
	'rep/deep/index.html:<!DOCTYPE html>' 'rep/deep/tap/linux-arm---native/S01.tap:ok 1 - good' \
	'rep/deep/tap/linux-arm---native/M01.err:<err>'
sh mark.sh >raw 2>/dev/null
judge 'TAP is kept byte for byte' "$(cmp raw rep/deep/tap/linux-arm---native/M01.tap 2>&1)"
judge 'no temporary file is left' "$(find rep -name '*.tmp')"
expect 'json: escaping' 1 'rep/deep/report.json:"sentence":"<b> & \"quotes\" \\ '"'x'" \
	'rep/deep/report.json:"message":"<i>&\"\\ \\x02\n"' 'rep/deep/report.json:\\x01\\xff]]> ü' \
	'rep/deep/report.json:"status":"skipped"' 'rep/deep/report.json:"summary":{"passed":5,"failed":3,"skipped":1,"xfailed":0}'
why=
if command -v python3 >/dev/null; then
	why=$(python3 -c 'import json; d = json.load(open("rep/deep/report.json")); assert [len(p["results"]) for p in d["ports"]] == [3, 6]' 2>&1)
fi
judge 'json: a parser reads it, if there is one' "$why"
expect 'junit: escaping' 1 'rep/deep/junit.xml:name="M01.1 &lt;b&gt; &amp; &quot;quotes&quot;' \
	'rep/deep/junit.xml:<skipped message="&lt;why&gt;"/>' '!rep/deep/junit.xml:]]>' \
	'rep/deep/junit.xml:tests="6" failures="2" errors="0" skipped="1"'
why=
if command -v xmllint >/dev/null; then
	why=$(xmllint --noout rep/deep/junit.xml 2>&1)
fi
judge 'junit: a parser reads it, if there is one' "$why"
expect 'html: escaping, and nothing from elsewhere' 1 'rep/deep/index.html:&lt;i&gt;&amp;&quot;\ \x02' \
	'!rep/deep/index.html:<i>&' '!rep/deep/index.html:<script' '!rep/deep/index.html:http' \
	'rep/deep/index.html:: &lt;why&gt;</li>' 'rep/deep/index.html:futex(2)' 'rep/deep/index.html:src/M01.c'
cp rep/deep/index.html before.html
touch rep/deep/tap/linux-arm---native/OLD.tap rep/deep/tap/linux-arm---native/notes.txt
mv rep/deep/report.json keep.json
mkdir rep/deep/report.json
run -o rep/deep plan
why=$(cmp before.html rep/deep/index.html 2>&1; find rep -name '*.tmp'; test -f rep/deep/tap/linux-arm---native/OLD.tap || echo 'OLD.tap gone')
expect 'report that cannot be written' 2 'err:cannot write rep/deep/report.json: Is a directory'
judge 'and the old report stays whole' "$why"
rmdir rep/deep/report.json
run --only S01 -o rep/deep plan
expect 'a new report' 0 'out:2 passed, 0 failed'
judge 'old TAP files are gone, other files stay' "$(cd rep/deep/tap && find . -type f | sort | tr '\n' ' ' |
	grep -vxF './linux-amd64---native/S01.tap ./linux-arm---native/S01.tap ./linux-arm---native/notes.txt ')"
: >file
run -o file/sub plan
expect 'report directory that cannot be made, said before the tests run' 2 'err:cannot make file' '!out:passed'

# --- the rest ---------------------------------------------------------------------------

run --color=always plan
expect '--color=always' 1 "out:$(printf '\033[1;31m')"
judge 'the last line is never coloured' "$(last | grep -vxE '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped')"
run --color=auto plan
expect 'no colour into a file' 1 "!out:$(printf '\033')"
expect 'progress: one line per row' 1 'err:linux/amd64 - native: 2 passed, 1 failed, 0 skipped'
cat >slow.sh <<'EOF'
(sleep 1; touch survivor) & sleep 20
EOF
row linux/amd64 sleep S01 'sh slow.sh' 30 >plan
"$runner" -o inter plan >out 2>err &
pid=$!
sleep 0.3
kill -INT $pid
wait $pid
code=$?
expect 'SIGINT: exit 130, no report' 130 '!out:passed' 'err:no report was written'
judge 'SIGINT leaves no file' "$(find inter -type f)"
i=1
while [ $i -le 40 ]; do
	row host many "H$i" 'sh ok.sh'
	i=$((i + 1))
done >plan
run -j 8 plan
expect 'forty at once' 0 'out:40 passed, 0 failed, 0 skipped'
sleep 1
[ $(($(date +%s) - late)) -ge 2 ] || sleep 1
judge 'the whole group was killed' "$(ls late survivor 2>/dev/null)"

echo "1..$points"
[ $failed -eq 0 ]
