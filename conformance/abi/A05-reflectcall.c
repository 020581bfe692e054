/* reflectcall passes its words as arguments, in registers and on the stack, for
 * every number of words, and gives back both result registers; also when it has to
 * split. */
#include "test.h"

#define PARAMS                                                                                      \
	uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, uintptr_t f, uintptr_t g_,        \
		uintptr_t h, uintptr_t i, uintptr_t j, uintptr_t k, uintptr_t l

static struct stktop *seen;

/* Two registers on every arch: a 64-bit result on 32 bits, 128 bits on 64. */
__attribute__((noipa)) static uint64_t weigh(PARAMS)
{
	seen = getg()->stackbase;
	return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g_ * 7 + h * 8 + i * 9 + j * 10 + k * 11 + (uint64_t)l * 12;
}

#define W(n) uintptr_t w##n
__attribute__((noipa)) static uintptr_t f0(void)
{
	return 0;
}
__attribute__((noipa)) static uintptr_t f1(W(1))
{
	return w1;
}
__attribute__((noipa)) static uintptr_t f2(W(1), W(2))
{
	return w1 + w2 * 2;
}
__attribute__((noipa)) static uintptr_t f3(W(1), W(2), W(3))
{
	return f2(w1, w2) + w3 * 3;
}
__attribute__((noipa)) static uintptr_t f4(W(1), W(2), W(3), W(4))
{
	return f3(w1, w2, w3) + w4 * 4;
}
__attribute__((noipa)) static uintptr_t f5(W(1), W(2), W(3), W(4), W(5))
{
	return f4(w1, w2, w3, w4) + w5 * 5;
}
__attribute__((noipa)) static uintptr_t f6(W(1), W(2), W(3), W(4), W(5), W(6))
{
	return f5(w1, w2, w3, w4, w5) + w6 * 6;
}
__attribute__((noipa)) static uintptr_t f7(W(1), W(2), W(3), W(4), W(5), W(6), W(7))
{
	return f6(w1, w2, w3, w4, w5, w6) + w7 * 7;
}
__attribute__((noipa)) static uintptr_t f8(W(1), W(2), W(3), W(4), W(5), W(6), W(7), W(8))
{
	return f7(w1, w2, w3, w4, w5, w6, w7) + w8 * 8;
}
__attribute__((noipa)) static uintptr_t f9(W(1), W(2), W(3), W(4), W(5), W(6), W(7), W(8), W(9))
{
	return f8(w1, w2, w3, w4, w5, w6, w7, w8) + w9 * 9;
}
static const void *const each[] = { f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 };

__attribute__((noipa)) static uint64_t pair(uintptr_t a)
{
	return PtrSize == 4 ? 0x1122334455667788 : a;
}

static uint32_t splits;

__attribute__((noipa)) static void atdepth(uint32_t n)
{
	uintptr_t words[4096] = { 0 }; /* large: far down on a segment of its own */

	for (uint32_t i = 0; i < 12; i++)
		words[i] = i + 1;
	struct stktop *top = getg()->stackbase;
	reflectcall((void (*)(void))weigh, words, n);
	splits += seen != top;
	EQ((uint32_t)words[0], 650, "weighted sum of 12 words");
}

TEST("A05")
{
	uintptr_t words[20];

	/* Function i of each[] adds up its first i words. */
	for (uint32_t n = 0; n < nelem(each); n++) {
		uintptr_t want = 0;
		for (uint32_t i = 0; i < nelem(words); i++)
			words[i] = (i + 3) * 1001;
		for (uint32_t i = 0; i < n; i++)
			want += words[i] * (i + 1);
		reflectcall((void (*)(void))each[n], words, n);
		EQ(words[0], want, "weighted sum of the words");
	}
	for (uint32_t i = 0; i < 12; i++)
		words[i] = i + 1;
	reflectcall((void (*)(void))weigh, words, 12);
	EQ((uint32_t)words[0], 650, "weighted sum of 12 words");
	EQ(words[2], 3, "words beyond the results stay");
	words[0] = 5;
	reflectcall((void (*)(void))pair, words, 1);
	if (PtrSize == 4) {
		EQ(words[BigEndian ? 1 : 0], 0x55667788, "low word of a result pair");
		EQ(words[BigEndian ? 0 : 1], 0x11223344, "high word of a result pair");
	} else {
		EQ(words[0], 5, "result");
	}
	/* 4000 words that are passed need a segment of their own. */
	atdepth(4000);
	EQ(splits, 1, "calls that were split");
}
