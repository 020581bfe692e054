# frames.awk - CFA rows as binutils has them: number and start of the range of code, address,
# register, offset; register -1: none, or not of that form. Not sorted.
# usage: { imagedump code FILE; readelf --debug-dump=frames-interp FILE; } | awk -v arch=ARCH -f frames.awk
BEGIN {
	n = split(arch == "arm" ? "r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12 r13 r14 r15" : "ax cx dx bx sp bp si di", x)
	for (i = 1; i <= n; i++)
		number[arch == "amd64" ? "r" x[i] : arch == "386" ? "e" x[i] : x[i]] = i - 1
	for (i = 8; arch == "amd64" && i < 16; i++)
		number["r" i] = i
}

# Of one width, so that they compare as strings.
function hex(s) { return substr("0000000000000000" s, length(s) + 1) }

function form(cfa,	at) {
	at = match(cfa, /[-+]/)
	return at && substr(cfa, 1, at - 1) in number ? number[substr(cfa, 1, at - 1)] " " substr(cfa, at) + 0 : "-1 0"
}

# An entry without rows of its own has its CIE's.
function entry_ends() {
	if (fde && !rows)
		row[lo] = cie[of]
	if (fde)
		ends[hi] = 1
	fde = 0
}

NF == 2 && !frames { first[++nranges] = hex($1); last[nranges] = hex($2) }
/^Contents/ { entry_ends(); frames = 1; id = "" }
/ ZERO terminator/ { next }
/ CIE / { entry_ends(); id = $1; next }
/ FDE cie=/ {
	entry_ends()
	of = substr($5, 5)
	split(substr($6, 4), x, /\.\./)
	lo = hex(x[1]); hi = hex(x[2])
	fde = 1; rows = 0
	next
}
frames && /^[0-9a-f]+ / {
	if (fde) {
		if (hex($1) < hi)
			row[hex($1)] = form($2)
		rows = 1
	} else {
		cie[id] = form($2)
	}
}

END {
	entry_ends()
	for (a in ends)
		if (!(a in row))
			row[a] = "-1 0"
	for (a in row)
		for (i = 1; i <= nranges; i++)
			if (a >= first[i] && a < last[i])
				printf "%04d %s %s %s\n", i, first[i], a, row[a]
}
