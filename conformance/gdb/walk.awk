# Judges the backtraces of one phase (-v phase=) in the output of walk.gdb: the
# functions from the innermost frame outward must match the phase's pattern to the
# end, gdb must have stopped by itself, and each argument that is printed must be
# the constant of chain.c. Prints how many were right, or the first that was not;
# exit 1 then.
BEGIN {
	base = "outer begin gostart "
	# Where morestack is jumped to (amd64), the split function is not a frame.
	three = "middle __morestack (middle )?" base
	four = "(edge )?" three
	more = "(__morestack |moreresume |lessstack |morestack[0-9]+ )"
	pattern["cold"] = "^(newstack __morestack |" more ")?" four "$"
	pattern["resumed"] = "^(touch |deepest )?(edge )?" more "?" four "$"
	pattern["deepest"] = "^deepest edge __morestack " four "$"
	pattern["split"] = "^((touch |deepest )?edge __morestack |" more ")?(edge )?" three "$"
	pattern["spare"] = "^oldstack __morestack (middle )?" base "$"
	pattern["freed"] = "^" more "(middle )?" base "$"
	pattern["leave"] = "^(__morestack |lessstack )?(middle )?" base "$"
	pattern["gosave"] = "^(gosave )?switches begin gostart $"
	pattern["reflectcall"] = "^(reflected )?(reflectcall )?switches begin gostart $"
	pattern["asmcgocall"] = "^(foreign )?(asmcgocall )?switches begin gostart $"
	# From the change of stacks on the caller is elsewhere: mcall is outermost.
	pattern["mcall"] = "^(mcall (gosched )?switches begin gostart |(yield )?mcall )$"
	pattern["gogo"] = "^(gogo run runnexton (runnext schedule|yieldon) (yield )?mcall |gogo |(gosched )?(switches begin|rtmain mainstart) gostart |gostart )$"
	least["cold"] = 5; least["resumed"] = 40; least["split"] = 40; least["freed"] = 3
	least["leave"] = 10; least["gosave"] = 8; least["reflectcall"] = 20; least["asmcgocall"] = 12
	least["mcall"] = 12; least["gogo"] = 6
	args["edge"] = "a=11 b=12 c=13 d=14 e=15 f=16 g=17 h=18"
	args["middle"] = "n=505 x=1.5"
	args["outer"] = "a=301 b=302"
	args["deepest"] = "n=707"
	args["reflected"] = "a=21 b=22 c=23 d=24 e=25 f=26 g=27 h=28"
}
# The values that are printed; of frame 0 only where it has got to its body. At a
# ret, gdb 13 unwinds assembly of x86 by its own rule instead of CFI, and shows
# what is in the argument registers now.
function values(name, text, level,   i, n, w) {
	if (!(name in args) || (level == 0 && phase != "deepest") || (ret && level > 0 && chain !~ /^deepest/))
		return
	# Without AVX, as in qemu 7.2, gdb 13 reads an undefined xmm as garbage.
	if (how == "qemu-x86_64" && chain ~ /__morestack $/)
		sub(/, x=.*/, "", text)
	n = split(text, w, ", ")
	for (i = 1; i <= n; i++) {
		if (w[i] ~ /=<optimized out>$/)
			continue
		if (index(" " args[name] " ", " " w[i] " ") == 0)
			wrong = "frame " level ": " name " has " args[name] ", gdb printed " w[i]
		else
			right++
	}
}
function judge() {
	if (!inside || bad)
		return
	# gcc 12 for arm describes a frame that takes two adds to leave as if
	# the first did nothing: no rule of ours.
	if (first && second && chain ~ /^edge /)
		return
	count++
	if (wrong == "" && chain !~ pattern[phase])
		wrong = "expected the functions " pattern[phase] ", found: " chain
	if (wrong != "")
		bad = "at pc " pc ": " wrong "\n" text
}
/^@/ {
	judge()
	inside = $1 == "@" phase
	pc = $2; chain = ""; text = ""; wrong = ""
	next
}
!inside { next }
/^=>/ { ret = $0 ~ /\tret/; second = first; first = $0 ~ /add\tsp, sp/ }
/^#[0-9]+ / {
	level = substr($1, 2)
	line = $0
	sub(/^#[0-9]+ +(0x[0-9a-f]+ in )?/, "", line)
	name = line
	sub(/ .*/, "", name)
	sub(/(\.|\[)split\]?$/, "", name) # the slow path of a prologue, away from its function
	sub(/^[^(]*\(/, "", line)
	sub(/\)( at .*)?$/, "", line)
	text = text $0 "\n"
	if (line != "")
		values(name, line, level + 0)
	chain = chain name " "
}
# gdb lets the stack jump to a higher address only out of a function called
# __morestack: behind foreign code, that is where g0 lies above the goroutine.
phase == "asmcgocall" && chain == "foreign asmcgocall " && /previous frame inner/ {
	chain = chain "switches begin gostart "
	next
}
/Backtrace stopped|corrupt|Cannot access|annot find/ {
	wrong = "gdb says: " $0
	text = text $0 "\n"
}
END {
	judge()
	if (!bad && count < least[phase])
		bad = "expected " least[phase] " backtraces or more, found " count + 0
	if (!bad && phase == "deepest" && right < 12)
		bad = "expected 12 arguments or more with their values, found " right + 0 "\n" text
	if (bad)
		print bad
	else
		print count " backtraces whole"
	exit bad != ""
}
