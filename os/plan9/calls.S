/* System calls: sys.h of the system. Name, number, words of arguments; those that do not
 * come back; and where the arch has something else to say of one. */
#include "call.h"

	CALL close, 4, 1
	GONE exits, 8
	CALL open, 14, 2
	CALL sleep, 17, 1
	CALL pipe, 21, 1
	CALL brk, 24, 1
	CALL notify, 28, 1
	GONE noted, 29
	CALL semacquire, 37, 2
	CALL semrelease, 38, 2
	CALL errstr, 41, 2
	CALL pread, 50, 4
	CALL pwrite, 51, 4
	CALL tsemacquire, 52, 2
	CALL nsec, 53, 1
