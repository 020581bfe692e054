/* linux/386: numbers of the system calls that only the bench makes. */
enum { SYS_read = 3, SYS_open = 5, SYS_close = 6, SYS_sched_setaffinity = 241 };
