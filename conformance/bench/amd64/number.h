/* linux/amd64: numbers of the system calls that only the bench makes. */
enum { SYS_read = 0, SYS_open = 2, SYS_close = 3, SYS_sched_setaffinity = 203 };
