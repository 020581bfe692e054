/* linux/amd64: numbers that os/linux/amd64/sys.h has not got. */
enum {
	SYS_read = 0, SYS_close = 3, SYS_pipe2 = 293, SYS_dup3 = 292, SYS_socketpair = 53, SYS_clone = 56, SYS_wait4 = 61,
};
