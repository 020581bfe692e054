# Applies one line of the list to one file:
#	awk -v id=M05 -f conformance/mutants/apply.awk conformance/mutants/list FILE
# Prints FILE with the original text replaced. Exit 1, with the reason on standard
# error, if the text is not there exactly once: the file has moved on.
BEGIN { FS = "\t" }

# In the list \n is a newline, \t a tab, and \\ a backslash.
function plain(s,   out, c)
{
	while ((c = index(s, "\\")) > 0) {
		out = out substr(s, 1, c - 1)
		c = substr(s, c, 2)
		s = substr(s, index(s, "\\") + 2)
		out = out (c == "\\n" ? "\n" : c == "\\t" ? "\t" : substr(c, 2))
	}
	return out s
}

FILENAME != ARGV[2] {
	if ($1 == id) {
		old = plain($8)
		new = $9 == "-" ? "" : plain($9)
	}
	next
}
{ text = text $0 "\n" }

END {
	at = index(text, old)
	rest = substr(text, at + length(old))
	if (at == 0 || index(rest, old) > 0) {
		print id ": text " (at ? "more than once" : "no longer") " in " ARGV[2] \
			": mend conformance/mutants/list" >"/dev/stderr"
		exit 1
	}
	printf "%s%s%s", substr(text, 1, at - 1), new, rest
}
