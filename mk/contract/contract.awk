# Reads core/port.list and prints the two headers of the contract:
#   -v part=decl   declarations, before the port's headers: an inline function
#                  that is missing becomes a compiler error by name, and #line
#                  makes it point at the contract
#   -v part=check  an #error for each missing constant, after them
# -v arch= -v os= name the port; -v ptrsize= callsize= endian= are what its arch.mk says.
BEGIN { FS = "\t"; print "/* made from core/port.list */" }
/^#/ || NF == 0 { next }
NF != 7 { printf "%s:%d: expected 7 tab-separated fields, found %d: see the head of the file\n", FILENAME, NR, NF > "/dev/stderr"; exit 2 }
{
	split($3, o, "/")
	nosplit = $4 == "nosplit" ? "NOSPLIT " : ""
}
part == "decl" && $2 == "inline" { printf "#line %d \"core/port.list\"\nstatic inline %s%s;\n", NR, nosplit, $6 }
part == "decl" && $2 == "func" { printf "#line %d \"core/port.list\"\n%s%s;\n", NR, nosplit, $6 }
part == "decl" && $2 == "data" { printf "#line %d \"core/port.list\"\nextern %s;\n", NR, $6 }
part == "check" && $2 == "const" {
	where = o[1] == "arch" ? "arch/" arch : "os/" os
	printf "#ifndef %s\n#error \"%s: missing %s: %s (core/port.list:%d)\"\n#endif\n", $1, where, $1, $7, NR
}
END {
	if (part != "check")
		exit
	same("PtrSize", ptrsize, "ptrsize")
	same("CallSize", callsize, "callsize")
	same("BigEndian", endian == "big" ? 1 : 0, "endian")
}
function same(name, value, key)
{
	printf "#if %s != %s\n#error \"arch/%s: %s in arch.h differs from %s in arch.mk\"\n#endif\n", name, value, arch, name, key
}
