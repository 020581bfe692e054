/* linux/amd64: numbers that os/linux/amd64/sys.h has not got. */
enum {
	SYS_read = 0, SYS_close = 3, SYS_pipe = 22, SYS_dup2 = 33, SYS_socketpair = 53, SYS_fork = 57, SYS_wait4 = 61,
};
