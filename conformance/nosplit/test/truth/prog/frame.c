/* Frames of every size: immediates of one byte, of one word, probed pages. */
#include "prog.h"

#define FRAME(n)                                \
	KEEP static long frame_##n(void)        \
	{                                       \
		volatile char c[n];             \
		c[0] = (char)one;               \
		c[n - 1] = (char)two;           \
		return c[0] + c[n - 1];         \
	}                                       \
	KEEP static long frame_call_##n(void)   \
	{                                       \
		volatile char c[n];             \
		c[0] = (char)one;               \
		c[n - 1] = (char)frame_##n();   \
		return c[0] + c[n - 1] + one;   \
	}

FRAME(8)
FRAME(24)
FRAME(100)
FRAME(124)
FRAME(128)
FRAME(136)
FRAME(256)
FRAME(508)
FRAME(1000)
FRAME(1028)
FRAME(4088)
FRAME(5000)
FRAME(9000)
FRAME(70000)

/* Two scopes whose variables may share their place. */
KEEP static long frame_scopes(long x)
{
	long r = 0;

	if (x & 1) {
		volatile char c[300];
		c[0] = (char)x;
		c[299] = 1;
		r += c[0] + frame_24();
	}
	if (x & 2) {
		volatile char c[200];
		c[0] = (char)x;
		c[199] = 1;
		r += c[0] + frame_8();
	}
	return r;
}

void run_frame(void)
{
	sink += frame_call_8() + frame_call_24() + frame_call_100() + frame_call_124() + frame_call_128();
	sink += frame_call_136() + frame_call_256() + frame_call_508() + frame_call_1000() + frame_call_1028();
	sink += frame_call_4088() + frame_call_5000() + frame_call_9000() + frame_call_70000();
	sink += frame_scopes(one) + frame_scopes(two) + frame_scopes(one + two);
}
