# judge.awk - holds what the analyzer says of one image against what a run of it used.
#	awk -v build=LABEL -f judge.awk TRACE MEASURE
# Prints a row for every function that ran:
#	row	build	function	own used	own said	total used	total said	quality	open
# and a line for each that is wrong:
#	bad	build	function	what
# Wrong is: below what the run used, in any row; not equal where the frame is exact and the
# instruction at the deepest byte was executed; not known where nothing is dynamic.
BEGIN { FS = OFS = "\t" }
$1 == "F" { at[++n] = $2; name[$2] = $3; own[$2] = $5; total[$2] = $6; open[$2] = $7 }
$1 == "X" { executed[$2] = 1 }
$1 == "N" { said[$2] = $4; saidtotal[$2] = $5; quality[$2] = $6; deepest[$2] = $7; part[$2] = $8; why[$2] = $9 }

function bad(what) { print "bad", build, name[a], what }
function number(s) { return s ~ /^[0-9]+$/ }

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
		print "row", build, name[a], own[a], said[a], total[a], saidtotal[a], quality[a], open[a]
		if (number(said[a]) && said[a] + 0 < own[a] + 0)
			bad("own " said[a] ", but a run used " own[a])
		if (number(saidtotal[a]) && saidtotal[a] + 0 < total[a] + 0)
			bad("total " saidtotal[a] ", but a run used " total[a])
		if (quality[a] == "exact" && (deepest[a] in executed) && said[a] + 0 > own[a] + 0)
			bad("own exact " said[a] " at " deepest[a] ", but a run used " own[a])
		if (name[a] !~ /^dyn_|^ind_goto/ && !number(said[a]))
			bad("own is " said[a] ": " why[a])
		if (!open[a] && !number(saidtotal[a]))
			bad("total is " saidtotal[a] ": " why[a])
	}
}
