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
#	monotonic yes if deadlines are on a clock that steps do not move; or no, and why
#     and, where it differs from linux:
#	how.ARCH    how its images are run, in the matrix: personality, wine, ...
#	runner.ARCH the command, with arguments, that the image's name follows; what it
#		    needs built are `needs.ARCH-OS += FILE` of conformance/hosts/*.mk
#	how runner  of every ARCH that has none of its own; {arch} in it is the ARCH
#	triple.ARCH prefix of the cross tools, instead of the arch's
#	cflags.ARCH more for everything compiled for that port
#	ldflags.ARCH more for its images
#	writer	    format of its image files, if it is not ELF: conformance/hosts/image
#	libs	    what its images are linked with, after all objects
#	wrap.ARCH   command that is used instead of ld's --wrap (mk/wrap)
#	imagesuffix of its image files, as .exe
#	variants    besides the port's own build: sema, O0 O1 Os O3, and hostile, where
#		    the command runs the same images after --hostile; or none
#	shared	    folder of os/ whose files are part of it, too
#	skip.ID	    why it cannot serve this test; skip.ID.ID... these tests
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
		if (value["monotonic"] !~ /^(yes$|no .)/)
			fail(file ":" at["monotonic"] ": monotonic = " value["monotonic"] ": expected yes, or no and the reason")
		some("variants", "none sema hostile O0 O1 Os O3")
		n = split(value["archs"], k, " ")
		for (i = 1; i <= n; i++) {
			every("how", k[i])
			every("runner", k[i])
		}
		for (i = 1; i <= n; i++)
			if ((("how." k[i]) in value) != (("runner." k[i]) in value))
				fail(file ": 'how." k[i] "' and 'runner." k[i] "' go together (keys: mk/port.awk)")
		for (i = 1; i <= n; i++)
			if (!(("g." k[i]) in value))
				fail(file ": missing key 'g." k[i] "': where " k[i] " keeps g (keys: mk/port.awk)")
	}
}
function every(key, arch,   text)
{
	if (!(key in value) || ((key "." arch) in value))
		return
	text = value[key]
	gsub(/\{arch\}/, arch, text)
	value[key "." arch] = text
	print name "." key "." arch " := " text
}
function one(key, set)
{
	if (value[key] == "" || index(" " set " ", " " value[key] " ") == 0)
		fail(file ":" at[key] ": " key " = " value[key] ": expected one of: " set)
}
function some(key, set,   i, n, k)
{
	n = key in value ? split(value[key], k, " ") : 0
	for (i = 1; i <= n; i++)
		if (index(" " set " ", " " k[i] " ") == 0)
			fail(file ":" at[key] ": " key ": '" k[i] "': expected some of: " set)
}
FNR == 1 {
	check(file)
	file = FILENAME
	delete value
	n = split(FILENAME, part, "/")
	name = part[n - 1]
	kind = part[n] == "arch.mk" ? "arch" : "os"
	required = kind == "arch" ? "triple cflags coreflags emulator native ptrsize callsize endian packages" \
				  : "archs sleep emulated ldflags monotonic"
	optional = kind == "arch" ? "" : "how imagesuffix libs runner variants shared writer"
}
/^[ \t]*(#|$)/ { next }
!/^[A-Za-z0-9.]+ = / { fail(FILENAME ":" FNR ": expected 'key = value', found '" $0 "'") }
{
	key = $1
	if (key in value)
		fail(FILENAME ":" FNR ": key '" key "' given twice, first in line " at[key])
	if (index(" " required " " optional " ", " " key " ") == 0 &&
	    !(kind == "os" && key ~ /^((g|how|runner|triple|cflags|ldflags|wrap)\.[a-z0-9]+|skip(\.[A-Z][0-9][0-9])+)$/))
		fail(FILENAME ":" FNR ": unknown key '" key "': expected one of: " required)
	text = $0
	sub(/^[A-Za-z0-9.]+ = */, "", text)
	sub(/[ \t]+$/, "", text)
	value[key] = text
	at[key] = FNR
	n = split(key, part, ".")
	for (i = 2; i <= n && part[1] == "skip"; i++)
		print name ".skip." part[i] " := " text
	if (part[1] != "skip")
		print name "." key " := " text
}
END { if (!failed) check(file) }
