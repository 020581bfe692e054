/* openbsd: the numbers of wait4(2) and clock_settime(2); each site of a call is told (os/openbsd/site.h). */
#define KWAIT4 11
#define KSETTIME 88
#define KSITE(number)                                                                            \
	".pushsection .openbsd.syscalls, \"a\", @progbits\n\t.long 9f, " STRING(number) "\n\t.popsection\n9:"
