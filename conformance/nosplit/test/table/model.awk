# model.awk - works out the verdict of every program in `cases` and, for the one over
# budget, how many bytes it needs. Variables: arch, style (call or kit). Prints, tab-
# separated, name, verdict of the model, verdict of the file, bytes of the worst chain.
BEGIN {
	FS = "\t"
	callsize["amd64"] = 8; callsize["386"] = 4; callsize["arm"] = 0
	column["amd64"] = 3; column["386"] = 4; column["arm"] = 5
	C = callsize[arch]
	more = C		# what a prologue uses below the entry on its way to morestack
	if (style == "kit")
		more = arch == "amd64" ? 0 : 4
	wanted = column[arch] + (style == "kit" ? 3 : 0)
	limit = 128
}

function max(a, b) { return a > b ? a : b }

# Bytes that f uses below the sp it is entered with. Loops set `loop`.
function need(f, depth,    n, i, calls, most) {
	if (!nosplit[f])
		return more
	if (depth > 20) {
		loop = 1
		return 0
	}
	most = frame[f]
	n = split(callees[f], calls, " ")
	for (i = 1; i <= n; i++)
		most = max(most, frame[f] + C + (calls[i] == "?" ? more : need(calls[i], depth + 1)))
	return most
}

/^#/ || NF == 0 { next }
NF != 8 { printf "cases:%d: expected 8 columns, found %d\n", FNR, NF > "/dev/stderr"; exit 2 }
{
	split("", frame); split("", nosplit); split("", callees); split("", entered)
	n = split($2, functions, /; */)
	entered["start"] = 1
	for (i = 1; i <= n; i++) {
		k = split(functions[i], w, " ")
		f = w[1]; frame[f] = w[2]; nosplit[f] = w[3] == "nosplit"
		for (j = 3 + nosplit[f]; j <= k; j++) {
			callee = "?"
			if (w[j] == "call")
				callee = w[++j]
			callees[f] = callees[f] " " callee
		}
	}
	for (f in frame)
		if (!nosplit[f]) {
			k = split(callees[f], w, " ")
			for (j = 1; j <= k; j++)
				entered[w[j]] = 1
		}
	worst = loop = 0
	for (f in entered)
		if (nosplit[f])
			worst = max(worst, C + need(f, 0))
	print $1, (loop ? "L" : (worst > limit) ? "R" : "A"), $wanted, worst
}
