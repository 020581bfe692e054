/* freebsd: the numbers of wait4(2) and clock_settime(2); sites of calls need not be told. */
#define KWAIT4 7
#define KSETTIME 233
#define KSITE(number) ""
#define KSWI 0 /* arm: what is added to the numbers */
