# judge.awk - holds what the analyzer says of one image against what a run of it used.
#	awk -v build=LABEL -f judge.awk TRACE MEASURE
# Prints a row for every function that ran:
#	row	build	function	own used	own said	total used	total said	quality	open	own run	total run
# and a line for each that is wrong:
#	bad	build	function	what
# Used is what the run used, at the worst sp that the function could have been entered with
# (trace.c). own run: 1 if the instruction that the analyzer says is the deepest was executed;
# total run: 1 if all of its chain was; and both if something as deep was. Else the run is no
# truth of that path: only a bound from below.
#
# Wrong is: below what was used, in any row; not equal where the frame is exact and the
# instruction at the deepest byte was executed; not known where nothing is dynamic; and, a
# check of the check, a function that was entered with every sp and was not seen at its worst.
BEGIN { FS = OFS = "\t" }
$1 == "F" { at[++n] = $2; name[$2] = $3; seen[$2] = $5; open[$2] = $7; own[$2] = $8; total[$2] = $9 }
$1 == "X" { executed[$2] = 1 }
$1 == "N" { said[$2] = $4; saidtotal[$2] = $5; quality[$2] = $6; deepest[$2] = $7; part[$2] = $8; why[$2] = $9; chain[$2] = $10 }

function bad(what) { print "bad", build, name[a], what }
function number(s) { return s ~ /^[0-9]+$/ }
function ran(pcs,    pc, k, i) {
	k = split(pcs, pc, " ")
	for (i = 1; i <= k; i++)
		if (!(pc[i] in executed))
			return 0
	return 1
}

END {
	if (n == 0)
		print "bad", build, "-", "the run gave no function"
	for (i = 1; i <= n; i++) {
		a = at[i]
		if (!(a in said)) {
			bad("not among the functions of the analyzer")
			continue
		}
		if (part[a] != "-")
			continue
		print "row", build, name[a], own[a], said[a], total[a], saidtotal[a], quality[a], open[a], said[a] == own[a] || ran(deepest[a]), saidtotal[a] == total[a] || ran(chain[a])
		if (number(said[a]) && said[a] + 0 < own[a] + 0)
			bad("own " said[a] ", but a run used " own[a])
		if (number(saidtotal[a]) && saidtotal[a] + 0 < total[a] + 0)
			bad("total " saidtotal[a] ", but a run used " total[a])
		if (quality[a] == "exact" && ran(deepest[a]) && said[a] + 0 > own[a] + 0)
			bad("own exact " said[a] " at " deepest[a] ", but a run used " own[a])
		if (name[a] !~ /^dyn_|^ind_goto/ && !number(said[a]))
			bad("own is " said[a] ": " why[a])
		if (!open[a] && !number(saidtotal[a]))
			bad("total is " saidtotal[a] ": " why[a])
		if (name[a] ~ /^align_/ && build !~ /stackrealign/ && seen[a] != own[a])
			bad("at the worst sp " own[a] ", but runs with all of them used " seen[a])
	}
}
