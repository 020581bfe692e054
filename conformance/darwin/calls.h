/* darwin: the number of wait4(2). */
#define KWAIT4 7
