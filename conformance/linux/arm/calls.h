/* linux/arm: numbers that os/linux/arm/sys.h has not got. */
enum {
	SYS_clone = 120, SYS_read = 3, SYS_close = 6, SYS_pipe2 = 359, SYS_dup3 = 358, SYS_wait4 = 114, SYS_socketpair = 288,
};
