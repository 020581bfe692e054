/*
 * arm_constants.c - which numbers instructions of arm form by themselves.
 *
 * Depends on arm.h. Promises: for every op of arm's decoder that has a number where others
 * have an address, found() gets that number, unless it is within arch.reach of the
 * instruction; the bytes count as A32 and as T32, whatever they are, so it gets many more.
 * That takes a twentieth of the time that decoding takes.
 */
#include "arm.h"

struct search {
	void (*found)(void *, addr value, addr pc);
	void *to;
	uint32_t at; /* of the instruction */
};

static void one(const struct search *s, uint32_t v)
{
	s->found(s->to, v, s->at);
}

/* An operand that is a number, in an operation with PC perhaps. */
static void operand(const struct search *s, uint32_t v, uint32_t pc)
{
	one(s, v);
	one(s, ~v);
	one(s, -v);
	one(s, pc + v);
	one(s, pc - v);
	one(s, pc & v);
	one(s, pc & ~v);
}

static inline void a32(const struct search *s, uint32_t w)
{
	unsigned group = bits(w, 27, 25), op = bits(w, 24, 21), n = 2 * bits(w, 11, 8);
	uint32_t v = bits(w, 7, 0), pc = s->at + 8;

	if (group == 1 && bits(w, 24, 20) == 0x10) /* movw */
		one(s, bits(w, 19, 16) << 12 | bits(w, 11, 0));
	else if (group == 1 && (op == MOV || op == MVN || bits(w, 19, 16) == PC))
		operand(s, n == 0 ? v : v >> n | v << (32 - n), pc);
	else if (group == 0 && (w & 0x9f) == (0x90 | PC)) { /* ldrh and the like; ldrd has two words */
		operand(s, pc, pc);
		one(s, 4 - pc);
		one(s, 4 + 2 * pc);
	} else if ((group == 0 || group == 3) && bits(w, 3, 0) == PC) /* PC, shifted */
		operand(s, pc << bits(w, 11, 7), pc);
}

static inline void t32(const struct search *s, uint32_t w)
{
	uint32_t pc = s->at + 4;

	if ((w & 0xfbf08000) == 0xf2400000) /* movw */
		one(s, bits(w, 19, 16) << 12 | bit(w, 26) << 11 | bits(w, 14, 12) << 8 | bits(w, 7, 0));
	else if ((w & 0xfa0f8000) == 0xf00f0000)
		operand(s, arm_modified(w), pc);
	else if ((w & 0xfe00000f) == 0xea00000f) /* PC, shifted */
		operand(s, pc << (bits(w, 14, 12) << 2 | bits(w, 7, 6)), pc);
	else if ((w & 0xfe00000f) == 0xf800000f || (w & 0xfff0000f) == 0xe8d0000f)
		operand(s, pc << bits(w, 5, 4), pc);
}

static uint32_t half(const uint8_t *p, bool big)
{
	return big ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

void arm_constants(struct decoder *d, addr pc, const uint8_t *p, size_t n, void (*found)(void *, addr value, addr pc), void *to)
{
	struct search s = {.found = found, .to = to, .at = (uint32_t)pc};
	bool big = d->bigendian;
	uint32_t h = n >= 2 ? half(p, big) : 0, next;

	for (; n >= 2; n -= 2, p += 2, s.at += 2, h = next) {
		next = n >= 4 ? half(p + 2, big) : 0;
		if (s.at % 4 == 0)
			a32(&s, big ? h << 16 | next : next << 16 | h);
		if (h >= 0xe800)
			t32(&s, h << 16 | next);
		else if (h == 0x44ff) /* add pc, pc */
			one(&s, 2 * (s.at + 4));
	}
}
