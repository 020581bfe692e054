# figures.awk - the rows of judge.awk, of all builds, in figures:
#	functions, own known, total known, and how far above the truth own and total are
# (median and 99th percentile in percent). Left out, with their number: what is not known (all
# of it dynamic: judge.awk says so otherwise), and rows whose deepest path was not executed.
# Exit 1 if a figure misses what is asked: median 0, p99 at most 5.
BEGIN { FS = "\t" }
$1 != "row" { next }
{
	rows++
	if (number($5) && $10)
		own[++nown] = over($5, $4)
	else
		left["own", number($5)]++
	if (number($7) && $11)
		total[++ntotal] = over($7, $6)
	else
		left["total", number($7)]++
	if ($9)
		open++
	if ($8 == "exact")
		exact++
}
function number(s) { return s ~ /^[0-9]+$/ }
function over(said, used) { return used + 0 == 0 ? (said + 0 > 0 ? 100 : 0) : 100 * (said - used) / used }

# Shell sort: awk has none.
function sort(v, n,    gap, i, j, x) {
	for (gap = int(n / 2); gap > 0; gap = int(gap / 2))
		for (i = gap + 1; i <= n; i++) {
			x = v[i]
			for (j = i; j > gap && v[j - gap] > x; j -= gap)
				v[j] = v[j - gap]
			v[j] = x
		}
}
function rank(v, n, p,    i) {
	i = int(n * p + 0.999999)
	return v[i < 1 ? 1 : i]
}
function say(what, v, n,    mean, i, equal) {
	sort(v, n)
	for (i = 1; i <= n; i++)
		equal += v[i] == 0
	printf "# %s depth: %d rows, %d equal, median %.2f %%, p99 %.2f %%, largest %.2f %% above; left out: %d not executed, %d dynamic\n",
		what, n, equal, rank(v, n, 0.5), rank(v, n, 0.99), v[n], left[what, 1], left[what, 0]
	if (n == 0 || rank(v, n, 0.5) != 0 || rank(v, n, 0.99) > 5)
		missed = 1
}
END {
	printf "# %d rows (a function of a build), %d exact, %d with something dynamic below them\n", rows, exact, open
	say("own", own, nown)
	say("total", total, ntotal)
	exit missed
}
