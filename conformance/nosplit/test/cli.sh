#!/bin/sh
# cli.sh NOSPLIT [GCC] - the command line of nosplit on small programs for amd64, as TAP: verdicts,
# exit status, files, assumptions, baselines, misuse. GCC: default x86_64-linux-gnu-gcc.
# Called from the project's root; writes only to a folder of its own.
# shellcheck disable=SC2016 # $ of assembly
. conformance/nosplit/test/tap.sh
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
	echo "usage: conformance/nosplit/test/cli.sh NOSPLIT [GCC] (build it first: make check)" >&2
	exit 2
fi
case $1 in
/*) nosplit=$1 ;;
*) nosplit=$(pwd)/$1 ;;
esac
gcc=${2:-x86_64-linux-gnu-gcc}
manual=$(pwd)/conformance/nosplit/nosplit.1
outputs=$(dirname "$nosplit")/nosplit-outputs # checks JSON, if it is there
cd "$tmp" || exit 2
unset NO_COLOR
TERM=xterm
export TERM

run() { # ARGS: what it did is in $code, out and err
	"$nosplit" "$@" >out 2>err </dev/null
	code=$?
}

# expect TEXT CODE [FILE:STRING]...: the last run; !FILE:STRING must not be there
expect() {
	text=$1 why=
	[ "$code" -eq "$2" ] || why="expected exit status $2, found $code"
	shift 2
	for e; do
		[ -z "$why" ] || break
		file=${e%%:*} string=${e#*:}
		case $file in
		!*) ! grep -qF -e "$string" "${file#!}" || why="expected no \"$string\" in ${file#!}" ;;
		*) grep -qF -e "$string" "$file" || why="expected \"$string\" in $file" ;;
		esac
	done
	{ echo "$why"; sed 's/^/out: /' out; sed 's/^/err: /' err; } >said
	[ -z "$why" ]
	point $? "$text" said
}

# misuse TEXT STRING ARGS: one line on stderr, nothing on stdout, exit 2
misuse() {
	text=$1 string=$2
	shift 2
	run "$@"
	[ "$(wc -l <err)" -eq 1 ] && [ ! -s out ] || code=-1 # not one line
	expect "misuse: $text" 2 "err:nosplit: " "err:$string"
}

# program NAME FRAME: a uses FRAME and calls b, which uses 8
program() {
	cat >"$1.S" <<-EOT
		.macro function name
		.globl \\name
		.type \\name, @function
		\\name:
		.endm
		.text
		function _start
		call a
		hlt
		.size _start, . - _start
		function a
		sub \$$2, %rsp
		call b
		add \$$2, %rsp
		ret
		.size a, . - a
		function b
		push %rbx
		pop %rbx
		ret
		.size b, . - b
		function pointer
		sub \$8, %rsp
		call *%rax
		add \$8, %rsp
		ret
		.size pointer, . - pointer
		function dynamic
		push %rbp
		mov %rsp, %rbp
		sub %rdi, %rsp
		call b
		leave
		ret
		.size dynamic, . - dynamic
	EOT
	"$gcc" -g -nostdlib -static -Wl,--build-id=none "$1.S" -o "$1" || exit 2
}
program small 24
program large 40

# ---- check, report, why, diff ----
run check --root a --limit 48 small
expect 'a chain that just fits' 0 'out:small: ok; 1 root, worst a 48 of 48' '!out:error'
run check --root a --limit 47 --label amd64/none small
expect 'a chain that is one byte too long' 1 'out:small.S:' 'out:: error: ' 'out:48 of 47 bytes, 1 over' \
	'out:[amd64/none NS001]' 'out:    39  available on entry to a' 'out:    15  after a uses 24  <- largest' \
	'out:    -1  after b uses 8, call 8 (at +0x4)' 'out:  deepest at b+0x0: push %rbx  [exact; no CFI]' \
	'out:Shrinking a by 1 fixes 1 chain.' 'out:small: 1 finding; 1 root'
run check --root a --limit 47 small large
expect 'several files: a summary each' 1 'out:small: 1 finding' 'out:large: 1 finding'
run check small
expect 'no notes, no limit: the depth of every entry' 0 'out:3 roots, worst dynamic unbounded'
run report --root _start --root b --limit 100 small
expect 'report: budgets, and figures' 0 'out:2 roots, limit 100 bytes' 'out:_start > a > b' 'out:5 of 5 analyzed'
run report --lazy --root b --limit 100 small
expect 'report --lazy: what the roots reach' 0 'out:1 of 5 analyzed'
run report large
expect 'report ends in 0 whatever it says' 0 'out:no limit: give one with --limit'
run why small a
expect 'why: the instructions that make it' 0 'out:a: 48 bytes [small]' 'out:lowers sp +0x0: sub $0x18,%rsp' \
	'out:calls at  +0x4: call' 'out:deepest at +0x0: push %rbx'
run why small pointer
expect 'why: what is not known is said' 0 'out:pointer: unknown, at least 24'
run why --lazy --root b small a
expect 'why: of what the roots do not reach' 0 'out:a: 48 bytes'
cat >choose.c <<-EOT
	static int one(int x) { return x + 1; }
	static int two(int x) { return x + 2; }
	static int which = 0;
	int other(int x) { return which = x; }
	__attribute__((used)) static int (*pick(void))(int) { return which ? one : two; }
	int picked(int) __attribute__((ifunc("pick")));
EOT
"$gcc" -O1 -shared -fPIC -nostdlib choose.c -o choose || exit 2
run why choose picked
expect 'why: an exported IFUNC is its resolver' 0 'out:is the resolver of an IFUNC: ' 'out:chooses two or one'
run why choose other
expect 'why: another function is none' 0 '!out:IFUNC'
# gcc lowers sp page by page, in a loop that ends where sp is what it was to be.
cat >probes.c <<-EOT
	__attribute__((noipa)) int callee(void) { volatile char a[70000]; a[1] = 1; return a[1]; }
	int caller(void) { volatile char a[70000]; a[1] = callee(); return a[1]; }
EOT
"$gcc" -O2 -fstack-clash-protection -fno-stack-protector -shared -fPIC -nostdlib -Wl,-Bsymbolic probes.c -o probes || exit 2
run why probes caller
expect 'why: loops that probe large frames end with all of them' 0 'out:caller: ' '!out:unknown'
run why --limit 10 small b
expect 'why: over the limit' 0 'out:b: 16 of 10 bytes, 6 over'
# CFI that is wrong in a function that no rule is about.
cat >odd.S <<-EOT
	.globl _start
	.type _start, @function
	_start: .cfi_startproc
	push %rbx
	nop
	pop %rbx
	.cfi_adjust_cfa_offset 8
	ret
	.cfi_endproc
	.size _start, . - _start
EOT
"$gcc" -g -nostdlib -static -Wl,--build-id=none odd.S -o odd || exit 2
for format in text html; do
	run report --format $format odd
	expect "$format lists where CFI disagrees" 0 'out:_start+0x1: the frame is 8 bytes above the register by CFI, 16 by the code, and 2 more places  odd.S:5'
done
run report --format json odd
expect 'so does json' 0 'out:"disagree":3,"functions":[{"function":"_start","address":' 'out:"line":5,"expected":8,"found":16,"places":3}]'
run diff small small
expect 'diff: the same' 0 'out:0 grew, 0 shrank, 0 new, 0 gone, 3 the same'
run diff small large
expect 'diff: growth, and where' 1 'out:_start' 'out:+16  a 24 -> 40' 'out:1 grew'
run diff large small
expect 'diff: shrinking is no failure' 0 'out:-16  a 40 -> 24' 'out:1 shrank'

sed 's/call \*%rax/sub %rax, %rsp; leave/' small.S >unbound.S
"$gcc" -g -nostdlib -static -Wl,--build-id=none unbound.S -o unbound || exit 2
run diff unbound small
expect 'diff: what is unknown can be more than what has no bound' 1 'out:pointer' 'out:unbounded    unknown    grew' 'out:1 grew'
run diff small unbound
expect 'diff: and the other way round less' 0 'out:unknown  unbounded  shrank'
sed '/^function pointer/,/^\.size pointer/s/\$8/$40/' small.S >deeper.S
"$gcc" -g -nostdlib -static -Wl,--build-id=none deeper.S -o deeper || exit 2
run diff small deeper
expect 'diff: of what is unknown in both, the known part grew' 1 'out:pointer       >=24       >=56    grew' 'out:1 grew'
run diff deeper small
expect 'diff: or shrank' 0 'out:>=56       >=24  shrank'
run check --write-baseline deep --label l small
run check --baseline deep --label l deeper
expect 'growth of the known part of what is unknown' 1 'out:pointer grew: unknown>=56 bytes, unknown>=24 in the baseline'
run check --write-baseline deep --label l deeper
run check --baseline deep --label l small
expect 'and it may shrink' 0 '!out:grew'
sed 's/	unknown>=[0-9]*/	unknown/' deep >any
run check --baseline any --label l deeper
expect 'a baseline that does not say what is known of it' 0 '!out:grew'
sed 's/>=56/>=5x6/' deep >bad
misuse 'a bad known part in a baseline' 'bad:4: expected root or a rule' check --baseline bad small

# ---- names ----
misuse 'a root that is not there' '--root aa: no function aa; there is a' check --root aa small
misuse 'a function that is not there' 'small: no function x' why small x
mkdir one two
for f in one two; do
	cat >$f/twin.c <<-EOT
		static __attribute__((noinline, used)) int twin(int x) { volatile char a[100]; a[x] = 1; return a[1]; }
		int $f(int x) { return twin(x) + 1; }
	EOT
done
cat >three.c <<-EOT
	static __attribute__((noinline, used)) int twin(int x) { volatile char a[200]; a[x] = 1; return a[1]; }
	int three(int x) { return twin(x) + 1; }
EOT
cp one/twin.c two.c
for f in one/twin.c two/twin.c three.c; do
	"$gcc" -g -O1 -c "$f" -o "$(echo $f | tr / .).o" || exit 2
done
"$gcc" -g -O1 -Dthree=again -c three.c -o again.c.o && "$gcc" -nostdlib -shared ./*.c.o -o twins || exit 2
misuse 'a name of several' '4 functions are called twin: say which one, such as twin@' why twins twin
misuse 'a name of several in files of one name' '2 functions are called twin@twin.c: say which one' why twins twin@twin.c
misuse 'a number that is too high' 'no function twin#9: there are 4 of that name' why twins twin#9
misuse 'a name of several in one file' 'say which one, such as twin@three.c#1' why twins twin@three.c
run why twins twin@twin.c#2
expect 'the second of that name' 0 'out:twin: '
misuse 'an address without a function' 'no function starts at 0x1' why small 0x1
nm=$("$gcc" -print-prog-name=nm)
address=$("$nm" small | sed -n 's/^\([0-9a-f]*\) T a$/0x\1/p')
run why small "$address"
expect 'a function by its address' 0 'out:a: 48 bytes'

# ---- formats and files ----
for format in json sarif junit dot html markdown github; do
	run check --root a --limit 47 --format=$format -o "out.$format" small
	expect "--format=$format -o FILE" 1 "out.$format:a"
	cmp -s out /dev/null
	point $? "--format=$format -o: nothing on stdout"
done
if [ -x "$outputs" ]; then
	"$outputs" json out.json >why && "$outputs" json out.sarif >why
	point $? 'JSON and SARIF are JSON' why
fi
case $(head -c 12 out.json) in
'{"schema":1,') point 0 'JSON begins with its schema' ;;
*) point 1 'JSON begins with its schema' out.json ;;
esac
for format in json markdown; do
	run why --format $format small a
	expect "why --format $format" 0 'out:b'
	run diff --format $format small large
	expect "diff --format $format" 1 'out:start'
done
run why --format json small a
grep -q '"file":"small","label":[^{]*"entry":{[^}]*"file":"small.S"' out
point $? 'why: each object of the JSON has one file' out
cp small same
ln -sf same link
for out in same ./same link; do
	misuse "-o $out, the input" "-o $out: is a file that is read" report -o $out same
	misuse "--write-baseline $out, the input" "--write-baseline $out: is a file that is read" check --write-baseline $out same
done
: >true
misuse '-o over the assumptions' '-o true: is a file that is read' check -o true --assume true small
cmp small same >err
point $? 'the input is as it was' err
: >aim
ln -sf aim link
run report -o link small
expect '-o through a link' 0 'aim:roots'
[ -h link ]
point $? 'it stays a link' err
ln -sf nowhere/aim link
misuse '-o through a link into nowhere' 'link: cannot be written' report -o link small
[ -z "$(find . -name 'out.*.??????')" ]
point $? 'no temporary file is left'
echo old >kept
run check --format json -o kept --root nosuch small
expect 'a run that fails leaves the file as it was' 2 'kept:old'
run check -o none/x small
expect '-o into a folder that is not there' 2 'err:none/x: cannot be written: No such file'
if [ -c /dev/full ]; then
	"$nosplit" check small >/dev/full 2>err
	code=$?
	: >out
	expect 'stdout that is full' 2 'err:cannot write to stdout'
fi

# ---- baselines ----
run check --write-baseline base --label l --limit 47 small
expect '--write-baseline' 0 'base:l	root	_start	56	47' '!base:0x' 'base:l	root	dynamic	unbounded	47'
[ "$(tail -n +2 base | grep -c root)" -eq 3 ] && grep root base | LC_ALL=C sort -c
point $? 'a baseline is sorted' base
run check --baseline base --label l --limit 47 small
expect 'what the baseline knows is no failure' 0 'out:known to the baseline'
run check --baseline base --label l --limit 47 large
expect 'growth fails' 1 'out:_start'
run check --write-baseline wide --label l --limit 200 small
run check --baseline wide --label l --limit 200 large
expect 'growth fails even within the limit' 1 'out:_start grew: 72 bytes, 56 in the baseline [l growth]' 'out:1 root grew'
run check --baseline wide --label l --limit 200 --format github large
expect 'growth as an annotation' 1 'out:::error file=large.S,line='
run check --baseline wide --label l --limit 200 --format sarif large
expect 'growth as a SARIF result' 1 'out:"ruleId":"GROWTH"' 'out:"baselineState":"new"'
run check --write-baseline wide --label l --limit 200 large
run check --baseline wide --label l --limit 200 small
expect 'shrinking does not' 0 '!out:grew'
run check --baseline wide --label l --limit 200 --root a small
expect 'what is gone is told' 0 'out:no longer found'
sed 's/	pointer	unknown>=24/	pointer	unbounded/' wide >bound
run check --baseline bound --label l --limit 200 large
expect 'what became unknown has grown' 1 'out:pointer'
run check --write-baseline both --label l small large
expect 'of several files the largest counts' 0 'both:l	root	_start	72'
sed 's/^l	/other	/' wide >others
tail -n +2 wide >>others
run check --baseline others --label l --limit 200 large
expect 'a baseline may hold other labels as well' 0 '!out:no longer found'
misuse 'no baseline there' 'none: cannot be read as a baseline: No such file' check --baseline none small
misuse 'not a baseline' 'small.S: no baseline' check --baseline small.S small
sed 's/	root	/	roof	/' base >bad
misuse 'a bad line in a baseline' 'bad:2: expected root or a rule' check --baseline bad small
sed '3s/	[^	]*$//' base >bad
misuse 'a short line in a baseline' 'bad:3: expected 5 columns' check --baseline bad small

# ---- assumptions ----
assume() { # TEXT CODE LINES [FILE:STRING]...
	text=$1 want=$2
	printf '%b\n' "$3" >assume
	shift 3
	run check --assume assume small
	expect "assume: $text" "$want" "$@"
}
assume 'whom a call reaches' 0 'calls pointer+0x4 -> a, b # twice' '!out:unknown, at'
assume 'all calls of a function' 0 '# a comment\n\n\tcalls pointer -> b'
assume 'a call by its line' 0 "calls small.S:$(grep -n 'call \*' small.S | cut -d: -f1) -> b"
assume 'a frame without a bound' 0 'frame dynamic 64' '!out:unbounded'
assume 'a root and its limit' 1 'root a 47' 'out:48 of 47'
assume 'a call that is none' 2 'calls a+0x4 -> b' 'err:assume:1: no indirect call or jump at a+0x4; that function has none'
assume 'a call beside it' 2 'calls pointer+0x5 -> b' 'err:there is pointer+0x4'
assume 'a callee that is not there' 2 '\ncalls pointer -> c' 'err:assume:2: no function c'
assume 'a line without a call' 2 'calls small.S:1 -> b' 'err:no indirect call or jump at small.S:1'
assume 'no arrow' 2 'calls pointer b' 'err:expected: calls WHERE -> FUNCTION'
assume 'a verb that is none' 2 'call a' 'err:assume:1: expected calls, frame,'
assume 'of two lines that differ, the first is named' 2 'split a\nnosplit a' 'err:assume:2: contradicted: a is split, line 1 says'
assume 'it plainly returns' 2 'noreturn b' 'err:assume:1: contradicted: every path of b returns'
assume 'all that it calls returns' 2 'noreturn a' 'err:contradicted: every path of a returns'
assume 'perhaps it does not return' 0 'noreturn pointer'
assume 'any that may split, where none may' 1 'root pointer 100\ncalls pointer -> *' 'out:nobody knows whom pointer calls here'
assume 'a number that is none' 2 'frame dynamic x' 'err:expected a number of bytes'
assume 'too many words' 2 'noreturn a b' 'err:expected: noreturn FUNCTION'
assume 'a frame that the code contradicts' 2 'frame b 4' 'err:assume:1: contradicted: b takes 8 bytes by its code'
assume 'a frame that the code says' 2 'frame b 8' 'err:assume:1: unused'
assume 'a frame that nobody needs' 2 'frame a 64' 'err:assume:1: unused: all that a calls is known'
assume 'a frame twice' 2 'frame dynamic 64\nframe dynamic 64' 'err:assume:2: dynamic has a frame of line 1'
assume 'a kind twice' 2 'nosplit a\nnosplit a' 'err:assume:2: unused'
assume 'both kinds' 2 'nosplit a\nsplit a' 'err:assume:2: contradicted'
cat >outside.S <<-EOT
	.macro function name
	.globl \\name
	.type \\name, @function
	\\name:
	.endm
	function direct
	sub \$8, %rsp
	call far@plt
	add \$8, %rsp
	ret
	.size direct, . - direct
	function through
	sub \$8, %rsp
	call *%rax
	add \$8, %rsp
	ret
	.size through, . - through
EOT
"$gcc" -nostdlib -shared outside.S -o outside || exit 2
outside() { # TEXT CODE LINES ROOT [FILE:STRING]...
	text=$1 want=$2
	printf "$3\n" >assume
	root=$4
	shift 4
	run check --limit 200 --root "$root" --assume assume outside
	expect "assume: $text" "$want" "$@"
}
outside 'a frame of another image' 0 'frame far 100' direct 'out:worst direct 124 of 200'
outside 'the same, by its stub' 0 'frame far@plt 100' direct 'out:worst direct 124 of 200'
outside 'a callee in another image' 1 'calls through -> far' through 'out:far is not in this image' 'out:NS005'
outside 'that, and its frame' 0 'calls through -> far\nframe far 100' through 'out:worst through 124 of 200'
outside 'another image does not come back' 1 'noreturn far' direct 'out:far is not in this image' '!out:null'
misuse 'assumptions that are not there' 'none: cannot be read as a list of assumptions' check --assume none small

# ---- misuse ----
misuse 'nothing' 'expected check, report, why or diff'
misuse 'no such command' 'no command frob' frob
misuse 'no file' 'check: expected at least one FILE' check
misuse 'why without a function' 'why: expected FILE and FUNCTION' why small
misuse 'diff of one' 'diff: expected OLD and NEW' diff small
misuse 'no such option' 'no option --frob' check --frob small
misuse 'no such short option' 'no option -z' check -z small
misuse 'no value' '--limit: needs a value' check small --limit
misuse 'an empty value' 'its value is empty' check --root '' small
for n in x -1 '' 1x 99999999999999999999; do
	misuse "--limit '$n'" 'expected a number of bytes' check --limit "$n" small
done
misuse 'no such format' 'choose text, json' check --format pdf small
misuse 'a format of check only' 'why and diff have text' why --format html small a
misuse 'no such colour' 'choose auto, always or never' check --color pink small
misuse 'an option of another command' '--baseline: is for check and report' diff --baseline base small large
misuse 'a control character' '\x1b' check --format "$(printf '\033')[31m" small
run --help
expect '--help' 0 'out:usage: nosplit check' 'out:--write-baseline' '!err:n'
run check --help
expect 'check --help' 0 'out:usage: nosplit check'
run --version
expect '--version' 0 'out:nosplit '
for option in $("$nosplit" --help | grep -o -- '^  --[a-z-]*' | sort -u); do
	grep -qF -e "Fl Fl ${option#--}" "$manual" || echo "$option" >>missing
done
[ ! -s missing ]
point $? 'the manual has every option' missing
# mandoc.db: which other pages this machine has
mandoc -Tlint "$manual" 2>&1 | grep -v 'mandoc.db' >lint
[ ! -s lint ]
point $? 'the manual is clean' lint

# ---- bad input ----
: >empty
printf 'no ELF at all, but long enough to be looked at by whatever looks at it\n' >text
head -c 100 small >short
for bad in empty text short . /dev/null none; do
	misuse "bad input: $bad" "$bad: " check "$bad"
done
run check --root a --limit 47 none small
expect 'a bad file does not hide the findings of others' 2 'err:nosplit: none: ' 'out:48 of 47 bytes'
name=$(printf 'bad\033[31m\nname')
cp text "$name"
misuse 'a hostile file name' 'bad\x1b[31m\x0aname: ' check "$name"

# ---- colour ----
escape=$(printf '\033')
run check --root a --limit 47 small
expect 'no colour into a file' 1 "!out:$escape"
run check --root a --limit 47 --color=always small
expect '--color=always' 1 "out:${escape}[1;31merror:"
for no in '' 1; do
	NO_COLOR=$no script -qec "'$nosplit' check --root a --limit 47 small" /dev/null </dev/null >out 2>err
	code=$?
	: >err
	if [ -z "$no" ]; then
		expect 'a terminal has colour' 1 "out:${escape}[1;31merror:"
	else
		expect 'NO_COLOR is honoured' 1 "!out:${escape}[1;31m"
	fi
done
finish
