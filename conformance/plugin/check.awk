# Holds a test's directives (run.sh says which) against the compiler's output.
#	awk -v arch=ARCH -f check.awk TEST.c TEST.s TEST.dis
# Depends on gas syntax and objdump -d. Promises: a line for each directive that
# does not hold, nothing otherwise.
FNR == 1 { file++ }

file == 1 {
	if ($0 !~ /^\/\* (has|not|record|depth|note) /) next
	line = $0
	sub(/^\/\* /, "", line)
	sub(/ \*\/$/, "", line)
	split(line, part, " ")
	if (part[2] != "all" && index("," part[2] ",", "," arch ",") == 0) next
	n++
	verb[n] = part[1]
	name[n] = part[3]
	sub(/:$/, "", name[n])
	want[n] = line
	sub(/^[^:]*: ?/, "", want[n])
	said[n] = line
	next
}

# The assembly: code by function, without comments and directives; records; notes.
file == 2 {
	if ($0 ~ /^[A-Za-z_][A-Za-z_0-9.$]*:/) {
		current = $1
		sub(/:.*/, "", current)
		sub(/\.split$/, "", current) # the slow path, away from its function
		next
	}
	if ($1 ~ /^\.Lportkit_name[0-9]+:$/) {
		label = $1
		sub(/:/, "", label)
		next
	}
	if ($1 == ".string" && label != "") {
		text = $2
		gsub(/"/, "", text)
		string[label] = text
		label = ""
		next
	}
	if ($1 == ".section") {
		records = $2 ~ /^portkit_stack/
		notes = $2 ~ /^\.nosplit/
		next
	}
	if (notes && ($1 == ".quad" || $1 == ".word" || $1 == ".long")) {
		gsub(/,/, "")
		note[$3] = note[$3] (note[$3] == "" ? "" : "; ") $2 " " $4 " " $5
		next
	}
	if (records && ($1 == ".quad" || $1 == ".word" || $1 == ".long")) {
		if (NF == 2) {
			symbol = record_at
			record_at = $2
			next
		}
		gsub(/,/, "")
		if (symbol ~ /\.split$/)
			next
		record[string[record_at]] = $2 " " $3 " " $4
		address[string[record_at]] = symbol
		frame[string[record_at]] = $2
		next
	}
	if ($1 ~ /^[#@.]/ && $1 !~ /^\.L.*:$/ || $1 ~ /^\.LF[BE][0-9]+:$/ || NF == 0) next
	sub(/^[ \t]+/, "")
	sub(/[ \t]*@ .*$/, "")
	gsub(/[ \t]+/, " ")
	code[current] = code[current] $0 "; "
	next
}

# The disassembly: how deep sp goes, function by function.
function deeper(by) {
	depth[at] += by
	if (depth[at] > most[at]) most[at] = depth[at]
}
function number(text) {
	sub(/^[$#]/, "", text)
	if (text !~ /^0x/) return text + 0
	value = 0
	for (i = 3; i <= length(text); i++)
		value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
	return value
}
file == 3 && /^[0-9a-f]+ <.*>:$/ {
	at = $2
	gsub(/[<>:]/, "", at)
	depth[at] = most[at] = arch == "amd64" ? 8 : arch == "386" ? 4 : 0
	next
}
file == 3 {
	split($0, column, "\t")
	op = column[3]
	if (arch == "arm") {
		args = column[4]
		if (op == "push") deeper(4 * split(args, list, ","))
		else if (op == "pop") deeper(-4 * split(args, list, ","))
		else if (op == "sub" && args ~ /^sp, sp, #/) {
			split(args, list, " ")
			deeper(number(list[3]))
		} else if (op == "add" && args ~ /^sp, sp, #/) {
			split(args, list, " ")
			deeper(-number(list[3]))
		}
		next
	}
	if (arch == "arm64") {
		args = column[4]
		amount = args ~ /lsl #12$/ ? 4096 : 1
		if (args ~ /\[sp, #-[0-9]+\]!$/) { # stp, str
			sub(/^.*#-/, "", args)
			deeper(args + 0)
		} else if (args ~ /\[sp\], #[0-9]+$/) { # ldp, ldr
			sub(/^.*#/, "", args)
			deeper(-args)
		} else if (op ~ /^(sub|add)$/ && args ~ /^sp, sp, #/) {
			split(args, list, " ")
			sub(/,/, "", list[3])
			deeper(amount * (op == "sub" ? number(list[3]) : -number(list[3])))
		} else if (op == "mov" && args ~ /^x1[0-9], #/) {
			split(args, list, " ")
			constant = number(list[2])
		} else if (op == "movk") {
			split(args, list, " ")
			sub(/,/, "", list[2])
			constant += 65536 * number(list[2])
		} else if (op ~ /^(sub|add)$/ && args ~ /^sp, sp, x1[0-9]$/)
			deeper(op == "sub" ? constant : -constant)
		next
	}
	word = arch == "amd64" ? 8 : 4
	if (op ~ /^push/) deeper(word)
	else if (op ~ /^pop/) deeper(-word)
	else if (op ~ /^(sub|add)[lq]? +\$0x[0-9a-f]+,%[re]sp$/) {
		amount = op
		sub(/^[a-z]+ +/, "", amount)
		sub(/,.*/, "", amount)
		deeper(op ~ /^sub/ ? number(amount) : -number(amount))
	}
}

END {
	for (i = 1; i <= n; i++) fail[i] = 0
	for (j = 1; j <= n; j++) {
		f = name[j]
		if (verb[j] == "has" || verb[j] == "not") {
			found = code[f]
			good = found != "" && (found ~ want[j]) == (verb[j] == "has")
		} else if (verb[j] == "record") {
			found = f in record ? record[f] : "none"
			good = found ~ "^(" want[j] ")$"
		} else if (verb[j] == "note") {
			found = f in note ? note[f] : "none"
			good = found ~ "^(" want[j] ")$"
		} else {
			found = "depth " most[f] ", record " frame[f]
			good = f in most && most[f] == frame[f]
		}
		if (!good) print said[j] " -- " found
	}
}
