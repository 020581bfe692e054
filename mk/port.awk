# Reads arch/X/arch.mk and os/Y/os.mk: data, one `key = value` a line. Prints
# them as make variables X.key or Y.key, or one line `error: ...` that says what
# is wrong, where, and what to do.
#
# arch: triple	 prefix of the cross tools
#	cflags	 for everything compiled for the arch
#	coreflags more for the kit itself: no FP or vector registers in the core
#	emulator qemu-user program
#	native	 machines (uname -m) that may run the images directly
#	packages Debian packages of the cross compiler and its plugin headers
#	ptrsize callsize endian	  checked against arch.h at compile time
# os:	archs	 that it has
#	sleep	 futex or sema: what it supplies; the core makes semaphores of futexes
#	g.ARCH	 operand that holds g: of the arch itself, or in thread-local storage
#	emulated yes if qemu-user runs its images
#	ldflags	 how its images are linked
function fail(text)
{
	if (!failed)
		print "error: " text
	failed = 1
	exit 2
}
function check(file,   i, n, k)
{
	if (file == "")
		return
	n = split(required, k, " ")
	for (i = 1; i <= n; i++)
		if (!(k[i] in value))
			fail(file ": missing key '" k[i] "': add a line '" k[i] " = ...' (keys: mk/port.awk)")
	if (kind == "arch") {
		one("ptrsize", "4 8"); one("callsize", "0 4 8"); one("endian", "little big")
	} else {
		one("emulated", "yes no"); one("sleep", "futex sema")
		n = split(value["archs"], k, " ")
		for (i = 1; i <= n; i++)
			if (!(("g." k[i]) in value))
				fail(file ": missing key 'g." k[i] "': where " k[i] " keeps g (keys: mk/port.awk)")
	}
}
function one(key, set)
{
	if (value[key] == "" || index(" " set " ", " " value[key] " ") == 0)
		fail(file ":" at[key] ": " key " = " value[key] ": expected one of: " set)
}
FNR == 1 {
	check(file)
	file = FILENAME
	delete value
	n = split(FILENAME, part, "/")
	name = part[n - 1]
	kind = part[n] == "arch.mk" ? "arch" : "os"
	required = kind == "arch" ? "triple cflags coreflags emulator native ptrsize callsize endian packages" \
				  : "archs sleep emulated ldflags"
}
/^[ \t]*(#|$)/ { next }
!/^[a-z0-9.]+ = / { fail(FILENAME ":" FNR ": expected 'key = value', found '" $0 "'") }
{
	key = $1
	if (key in value)
		fail(FILENAME ":" FNR ": key '" key "' given twice, first in line " at[key])
	if (index(" " required " ", " " key " ") == 0 && !(kind == "os" && key ~ /^g\./))
		fail(FILENAME ":" FNR ": unknown key '" key "': expected one of: " required)
	text = $0
	sub(/^[a-z0-9.]+ = */, "", text)
	sub(/[ \t]+$/, "", text)
	value[key] = text
	at[key] = FNR
	print name "." key " := " text
}
END { if (!failed) check(file) }
