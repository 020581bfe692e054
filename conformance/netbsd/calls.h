/* netbsd: the number of wait4(2); sites of calls need not be told. */
#define KWAIT4 449
#define KSITE(number) ""
#define KSWI 0xa00000 /* arm: what is added to the numbers */
