/* linux/386: numbers that os/linux/386/sys.h has not got; socketpair is there since 4.3. */
enum {
	SYS_clone = 120, SYS_read = 3, SYS_close = 6, SYS_pipe2 = 331, SYS_dup3 = 330, SYS_wait4 = 114, SYS_socketpair = 360,
};
