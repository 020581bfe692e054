/* linux/arm: numbers that os/linux/arm/sys.h has not got. */
enum {
	SYS_fork = 2, SYS_read = 3, SYS_close = 6, SYS_pipe = 42, SYS_dup2 = 63, SYS_wait4 = 114, SYS_socketpair = 288,
};
