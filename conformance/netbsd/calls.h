/* netbsd: the numbers of wait4(2) and clock_settime(2); sites of calls need not be told. */
#define KWAIT4 449
#define KSETTIME 428
#define KSITE(number) ""
#define KSWI 0xa00000 /* arm: what is added to the numbers */
