/* linux/386: numbers that os/linux/386/sys.h has not got; socketpair is there since 4.3. */
enum {
	SYS_fork = 2, SYS_read = 3, SYS_close = 6, SYS_pipe = 42, SYS_dup2 = 63, SYS_wait4 = 114, SYS_socketpair = 360,
};
