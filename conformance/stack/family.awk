# Writes the members of the family (family.h) as C.
function member(ret, frame, words,   i, name, params, args, type) {
	name = "f" count
	type = ret == "int" ? "int32_t" : ret == "int64" ? "int64_t" : ret == "ldouble" ? "long double" : \
		ret ~ /^(small|large|doubles)$/ ? "struct " ret : ret
	params = "double d, float f"
	args = count + 0.5 ", " count % 100 + 0.25 "f"
	for (i = 1; i <= words; i++) {
		params = params ", uintptr_t a" i
		args = args ", (uintptr_t)" (i * 40503 + count * 7919)
	}
	printf "MEMBER(%s) __attribute__((noipa)) static %s %s(%s)\n{\n", name, type, name, params
	if (frame)
		printf "\tvolatile uint8_t b[%d];\n\tb[0] = 17; b[%d] = 5; b[%d] = 9;\n", frame, frame / 2, frame - 1
	printf "\tuint32_t h = here(%du);\n\th = mix(mix(h, (uintptr_t)(int32_t)(d * 2)), (uintptr_t)(int32_t)(f * 4));\n", count
	for (i = 1; i <= words; i++)
		printf "\th = mix(h, a%d);\n", i
	if (frame)
		printf "\th = mix(h, b[0] + b[%d] + b[%d]);\n", frame / 2, frame - 1
	printf "\treturn make_%s(h);\n}\n", ret
	printf "NOSPLIT NOINLINE static void call_%s(char *out)\n{\n\t%s r = %s(%s);\n\t%s(out, r);\n}\n", \
		name, type, name, args, ret == "ldouble" ? "STORE_LDOUBLE" : "STORE"
	table = table sprintf("\t{ call_%s, \"%s frame %d words %d\", %d, %d },\n", name, ret, frame, words, frame, words)
	count++
}
BEGIN {
	print "/* made by conformance/stack/family.awk */"
	print "#include \"stack/family.h\""
	print "#if SPLIT\n#define MEMBER(name)\n#define TABLE family\n#else\n#define MEMBER(name) NOSPLIT\n#define TABLE family_ref\n#endif"
	returns = split("int int64 float double ldouble small large doubles wide", ret, " ")
	frames = split("0 8 64 104 120 128 136 144 192 256 512 1000 2048 3000 4096 8192 16384 32768 65536", frame, " ")
	for (words = 0; words <= 46; words++) {
		member("int", words % 3 * 100, words)
		if (words % 5 < 2)
			member("large", 200, words)
	}
	few = split("0 3 9 20", some, " ")
	for (r = 1; r <= returns; r++)
		for (f = 1; f <= frames; f++)
			member(ret[r], frame[f], some[1 + (r + f) % few])
	printf "const struct member TABLE[] = {\n%s};\n", table
	print "#if SPLIT\nconst uint32_t nfamily = nelem(family);\n#endif"
}
