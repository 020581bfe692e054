/* linux/arm64: numbers that os/linux/arm64/sys.h has not got. */
enum {
	SYS_dup3 = 24, SYS_close = 57, SYS_pipe2 = 59, SYS_read = 63, SYS_socketpair = 199, SYS_clone = 220, SYS_wait4 = 260,
};
