# Walks through conformance/gdb/chain.c, in the order in which it runs. Each
# backtrace is led by a line "@PHASE pc" and the instruction there; @end says that the walk came to its end.
# The caller has started the program and defined returnaddress: the return address
# of a function at its first instruction, in $after.

# look PHASE
define look
	printf "@$arg0 %lx\n", (unsigned long)$pc
	x/i $pc
	bt
end

# until PHASE ADDRESS: an instruction at a time until pc is ADDRESS
define walk
	set $to = (unsigned long)($arg1)
	set $left = 300
	while $left > 0 && (unsigned long)$pc != $to
		look $arg0
		stepi
		set $left = $left - 1
	end
	look $arg0
end

# steps PHASE N
define steps
	set $left = $arg1
	while $left > 0
		look $arg0
		stepi
		set $left = $left - 1
	end
end

# Without sysmon: a second thread would run into the breakpoints, and qemu-user 7.2 does
# not hold it while the first one is stepped.
tbreak *&newm
continue
return

# The first call of edge: a cold split, on to newstack, back and into edge.
tbreak deepest
tbreak outer
continue
tbreak newstack
continue
tbreak *&edge
continue
tbreak newstack
steps cold 12
continue
look cold
up-silently
set $back = (unsigned long)$pc
tbreak *$back
continue
steps resumed 48

# The whole chain over three segments.
continue
look deepest

# The second one: a hot split, from edge's first instruction to its caller.
tbreak *&edge
continue
returnaddress
walk split $after

# The third leaves its segment as a spare, which is freed as middle returns.
tbreak oldstack
continue
look spare
up-silently
set $back = (unsigned long)$pc
tbreak *$back
continue
walk freed &lessstack
steps leave 12

tbreak *&gosave
continue
returnaddress
walk gosave $after

tbreak *&reflectcall
continue
returnaddress
walk reflectcall $after

tbreak *&asmcgocall
continue
returnaddress
walk asmcgocall $after

tbreak *&mcall
continue
walk mcall &yield

tbreak *&gogo
continue
steps gogo 8

printf "@end\n"
