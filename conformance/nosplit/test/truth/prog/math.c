/* Arithmetic that is a function of libgcc on some arch. */
#include "prog.h"

static volatile uint64_t u64 = 0x123456789abcdef0, u64b = 0x10001, u64c = 0x1234567890;
static volatile int64_t s64 = -0x123456789abcdef, s64b = 0x777;
static volatile uint32_t u32 = 0xdeadbeef, u32b = 77;
static volatile int32_t s32 = -12345, s32b = 7;

KEEP static uint64_t math_udiv(uint64_t a, uint64_t b) { return a / b; }
KEEP static uint64_t math_umod(uint64_t a, uint64_t b) { return a % b; }
KEEP static int64_t math_sdiv(int64_t a, int64_t b) { return a / b; }
KEEP static int64_t math_smod(int64_t a, int64_t b) { return a % b; }
KEEP static uint64_t math_both(uint64_t a, uint64_t b) { return a / b + a % b; }
KEEP static uint32_t math_udiv32(uint32_t a, uint32_t b) { return a / b + a % b; }
KEEP static int32_t math_sdiv32(int32_t a, int32_t b) { return a / b + a % b; }
KEEP static uint32_t math_quotient(uint32_t a, uint32_t b) { return a / b; }
KEEP static int32_t math_squotient(int32_t a, int32_t b) { return a / b; }
KEEP static uint64_t math_shift(uint64_t a, int n) { return (a << n) + (a >> (n + 1)) + (uint64_t)((int64_t)a >> n); }
KEEP static uint64_t math_mul(uint64_t a, uint64_t b) { return a * b + (a ^ b); }
KEEP static int math_bits(uint64_t a) { return __builtin_popcountll(a) + __builtin_clzll(a) + __builtin_ctzll(a); }
KEEP static uint64_t math_swap(uint64_t a) { return __builtin_bswap64(a); }
#ifdef __SIZEOF_INT128__
KEEP static uint64_t math_wide(uint64_t a, uint64_t b)
{
	unsigned __int128 x = ((unsigned __int128)a << 64) | b, y = x / (b + 3) + x % ((unsigned __int128)b << 64 | 5);
	return (uint64_t)y + (uint64_t)((__int128)x / -(int64_t)b);
}
/* A divisor of two words, and less than the dividend. */
#define WIDER unsigned __int128 x = (unsigned __int128)a << 64 | b, y = (unsigned __int128)5 << 64 | b
KEEP static uint64_t math_udiv128(uint64_t a, uint64_t b) { WIDER; return (uint64_t)(x / y); }
KEEP static uint64_t math_umod128(uint64_t a, uint64_t b) { WIDER; return (uint64_t)(x % y); }
KEEP static uint64_t math_sdiv128(uint64_t a, uint64_t b) { WIDER; return (uint64_t)((__int128)x / (__int128)y); }
#endif

void run_math(void)
{
	uint64_t r = math_udiv(u64, u64b) + math_umod(u64, u64b) + math_both(u64, u64c) + math_udiv(u64, u64c);

	r += (uint64_t)math_sdiv(s64, s64b) + (uint64_t)math_smod(s64, s64b) + (uint64_t)math_sdiv(s64b, s64);
	r += math_udiv(u64, 3 + (uint64_t)zero) + math_umod(u64c, u64);
	r += math_quotient(u32, u32b) + (uint64_t)math_squotient(s32, s32b);
	r += math_udiv32(u32, u32b) + (uint64_t)math_sdiv32(s32, s32b);
	r += math_shift(u64, (int)ten) + math_mul(u64, u64b) + (uint64_t)math_bits(u64) + math_swap(u64);
#ifdef __SIZEOF_INT128__
	r += math_wide(u64, u64c) + math_wide(u64c, 3) + math_wide(1, u64) + math_wide(u64, ~u64b) + math_wide(0, 1) + math_udiv128(u64, u64c) + math_umod128(u64, u64c) + math_sdiv128(u64, u64c);
#endif
#ifdef __arm__ /* where it is a function of libgcc, and no trap */
	r += math_udiv(u64, (uint64_t)zero) + math_udiv32(u32, (uint32_t)zero);
	r += (uint64_t)math_sdiv(s64, zero) + (uint64_t)math_sdiv32(s32, (int32_t)zero);
	r += math_quotient(u32, (uint32_t)zero) + (uint64_t)math_squotient(s32, (int32_t)zero);
#endif
	sink += (long)r;
}
