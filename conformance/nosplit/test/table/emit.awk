# emit.awk - writes every program in `cases` as assembly, DIR/NAME.s, with what the
# analyzer has to know in section .nosplit. Variables: arch, style (call: the prologue
# calls morestack, kit: as arch/X/split.h has it), dir.
#
# The frame of a function of arm that calls holds lr: it has 4 bytes at least. The entry,
# outer, splits and calls start.
BEGIN {
	FS = "\t"
	word = arch == "amd64" ? ".quad" : ".long"
	C = arch == "amd64" ? 8 : arch == "386" ? 4 : 0
	at = arch == "arm" ? "%" : "@"
	VERSION = 1; LIMIT = 2; SMALL = 3; FUNC = 4; ROOT = 5; SWITCH = 6; CALLS = 7
	SPLIT = 1; NOSPLIT = 3; ASM = 4
}

function say(line) { print line >out }
function note(kind, where, what, value) {
	say("\t.pushsection .nosplit\n\t" word " " kind ", " where ", " what ", " value "\n\t.popsection")
}
function enter(f, kind) {
	say("\t.globl " f "\n\t.type " f ", " at "function\n" f ":\n\t.cfi_startproc")
	note(FUNC, f, 0, kind)
}
function leave(f) { say("\t.cfi_endproc\n\t.size " f ", . - " f "\n") }
function adjust(n) { if (n) say("\t.cfi_adjust_cfa_offset " n) }

# ---- the check: more than the guard leaves room for is added to it ----
function check(f, need,    over) {
	over = need > 128 ? need - 128 : 0
	if (arch == "amd64") {
		if (over)
			say("\tleaq -" over "(%rsp), %r11\n\tcmpq (%r14), %r11")
		else
			say("\tcmpq (%r14), %rsp")
		say("\tjbe .Lmore_" f "\n.Lbody_" f ":")
	} else if (arch == "386") {
		say("\tmovl %gs:g@ntpoff, %eax")
		if (over)
			say("\tmovl (%eax), %eax\n\taddl $" over ", %eax\n\tcmpl %eax, %esp")
		else
			say("\tcmpl (%eax), %esp")
		say("\tjbe .Lmore_" f "\n.Lbody_" f ":")
	} else {
		say("\tldr ip, [r10]")
		if (over)
			say("\tadd ip, ip, #" int((over + 255) / 256) * 256)
		say("\tcmp sp, ip\n\tbhi .Lbody_" f)
		if (style == "kit") {
			say("\tmovw ip, #" 4096 * int(need / 16) % 65536)
			say("\tstr lr, [sp, #-4]!")
			adjust(4)
			say("\tbl morestack\n\tldr pc, [sp], #4")
			adjust(-4)
		} else
			say("\tmov r3, lr\n\tbl morestack\n\tb " f)
		say(".Lbody_" f ":")
	}
}

function slow(f, need) {
	if (arch == "arm")
		return
	say(".Lmore_" f ":")
	if (style == "call")
		say("\tcall morestack\n\tjmp " f)
	else if (arch == "amd64")
		say("\tmovl $" 4096 * int((need + 15) / 16) ", %r11d\n\tleaq .Lbody_" f "(%rip), %r10\n\tjmp morestack")
	else
		say("\tmovl $" 4096 * int((need + 15) / 16) ", %eax\n\tcall morestack\n\tret $0\n\t.long .Lbody_" f " - . + 3")
}

# ---- the body ----
function grow(n, calls) { # and where the return address goes
	if (arch == "amd64" && n)
		say("\tsubq $" n ", %rsp")
	if (arch == "386" && n)
		say("\tsubl $" n ", %esp")
	if (arch != "arm") {
		adjust(n)
		return
	}
	if (calls) {
		say("\tstr lr, [sp, #-4]!")
		adjust(4)
		say("\t.cfi_rel_offset lr, 0")
		n -= 4
	}
	if (n > 255)
		say("\tmovw ip, #" n % 65536 "\n\tmovt ip, #" int(n / 65536) "\n\tsub sp, sp, ip")
	else if (n)
		say("\tsub sp, sp, #" n)
	adjust(n)
}
function shrink(n, calls) {
	if (arch == "amd64" && n)
		say("\taddq $" n ", %rsp")
	if (arch == "386" && n)
		say("\taddl $" n ", %esp")
	if (arch != "arm") {
		adjust(-n)
		say("\tret")
		return
	}
	if (calls)
		n -= 4
	if (n > 255)
		say("\tmovw ip, #" n % 65536 "\n\tmovt ip, #" int(n / 65536) "\n\tadd sp, sp, ip")
	else if (n)
		say("\tadd sp, sp, #" n)
	adjust(-n)
	if (calls)
		say("\tldr pc, [sp], #4\n\t.cfi_adjust_cfa_offset -4")
	else
		say("\tbx lr")
}
function call(callee) {
	say((arch == "arm" ? "\tbl " : "\tcall ") callee)
}
function indirect(    here) {
	here = ".Lindirect" ++labels
	if (arch == "amd64")
		say("\tmovq target(%rip), %rax\n" here ":\n\tcall *%rax")
	else if (arch == "386")
		say("\tmovl target, %eax\n" here ":\n\tcall *%eax")
	else
		say("\tmovw ip, #:lower16:target\n\tmovt ip, #:upper16:target\n\tldr ip, [ip]\n" here ":\n\tblx ip")
	note(CALLS, here, 0, 0)
}

function emit(text,    k, w, f, n, own, i, calls, need) {
	k = split(text, w, " ")
	f = w[1]; n = w[2] + 0; own = w[3] == "nosplit"
	calls = k > 2 + own
	if (arch == "arm" && calls && n < 4)
		n = 4
	need = n + C
	enter(f, own ? NOSPLIT : SPLIT)
	if (!own)
		check(f, need)
	grow(n, calls)
	for (i = 3 + own; i <= k; i++)
		if (w[i] == "call")
			call(w[++i])
		else
			indirect()
	shrink(n, calls)
	if (!own)
		slow(f, need)
	leave(f)
}

# On the other stack: never back, as far as the caller is concerned.
function morestack() {
	enter("morestack", ASM)
	note(SWITCH, ".Lswitch", 0, 0)
	if (arch == "amd64")
		say(".Lswitch:\n\tmovq 8(%r14), %rsp\n\tcall newstack\n\tud2")
	else if (arch == "386")
		say("\tmovl %gs:g@ntpoff, %ecx\n\t.Lswitch:\n\tmovl 4(%ecx), %esp\n\tcall newstack\n\tud2")
	else
		say(".Lswitch:\n\tldr sp, [r10, #4]\n\tbl newstack\n\tudf #0")
	leave("morestack")
	enter("newstack", ASM)
	say(arch == "arm" ? "\tbx lr" : "\tret")
	leave("newstack")
}

/^#/ || NF == 0 { next }
{
	out = dir "/" $1 ".s"
	if (arch == "arm")
		say("\t.syntax unified\n\t.arch armv7-a\n\t.arm")
	say("\t.section .nosplit, \"\", " at "progbits\n\t.text")
	note(VERSION, 0, 0, 1)
	note(LIMIT, 0, 0, 128)
	note(SMALL, 0, 0, 128)
	emit("outer 0 call start")
	n = split($2, functions, /; */)
	for (i = 1; i <= n; i++)
		emit(functions[i])
	morestack()
	say("\t.data\ntarget:\n\t" word " 0")
	if (arch == "386")
		say("\t.section .tbss, \"awT\", @nobits\ng:\n\t.long 0")
	say("\t.section .note.GNU-stack, \"\", " at "progbits")
	close(out)
}
