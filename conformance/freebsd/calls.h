/* freebsd: the number of wait4(2); sites of calls need not be told. */
#define KWAIT4 7
#define KSITE(number) ""
#define KSWI 0 /* arm: what is added to the numbers */
