/*
 * agree.c - the decoders of common encodings against Zydis.
 */
#include "test.h"

#include "../../x86.h"

#include <stdlib.h>

static bool sameop(const struct op *a, const struct op *b)
{
	return a->kind == b->kind && a->rd == b->rd && a->ra == b->ra && a->rb == b->rb && a->shift == b->shift &&
		a->size == b->size && a->sign == b->sign && a->imm == b->imm;
}

static bool sameinsn(const struct insn *a, const struct insn *b)
{
	unsigned i;

	if (a->len != b->len || a->flow != b->flow || a->cond != b->cond || a->flowreg != b->flowreg || a->nops != b->nops ||
			a->isret != b->isret || a->writesflags != b->writesflags || a->target != b->target)
		return false;
	for (i = 0; i < a->nops; i++)
		if (!sameop(&a->ops[i], &b->ops[i]))
			return false;
	return true;
}

bool both_agree(const struct arch *a, struct decoder *d, addr pc, const uint8_t *p, size_t n)
{
	struct insn quick, fast, zydis;
	struct form f;
	char text[128], one[512], two[512] = "(not decoded)";
	bool isquick, isfast, ok;

	if (n < X86_MAXLEN)
		return true;
	isquick = x86_quick(d, pc, p, &quick);
	isfast = x86_fast(d, pc, p, &f);
	if (!isquick && !isfast)
		return true;
	if (isfast) {
		x86_begin(&fast, f.len);
		x86_lift(d, pc, &f, &fast);
	}
	ok = x86_zydis(d, pc, p, n, &zydis);
	if (ok && (!isquick || sameinsn(&quick, &zydis)) && (!isfast || sameinsn(&fast, &zydis)))
		return true;
	a->text(d, pc, p, n, MODE_PLAIN, text, sizeof text);
	if (ok)
		show(a, pc, &zydis, two, sizeof two);
	printf("%#llx: %s\n\tzydis %s (%u bytes)\n", (unsigned long long)pc, text, two, ok ? zydis.len : 0);
	if (isquick) {
		show(a, pc, &quick, one, sizeof one);
		printf("\tquick %s (%u bytes)\n", one, quick.len);
	}
	if (isfast) {
		show(a, pc, &fast, one, sizeof one);
		printf("\tfast  %s (%u bytes)\n", one, fast.len);
	}
	return false;
}

int random_bytes(const struct arch *a, unsigned seed, size_t n)
{
	static const uint8_t often[] = {0x0f, 0x0f, 0x0f, 0x66, 0xf2, 0xf3, 0x41, 0x48, 0x64, 0x65, 0xc4, 0xc5, 0xc5};
	struct decoder *d = a->open(a, false);
	uint8_t *p = mem_alloc(n + X86_MAXLEN);
	struct insn in;
	unsigned failed = 0;
	size_t i, decoded = 0;

	/* Prefixes and 0x0f more often than by chance: what is behind several of them is met, too. */
	srandom(seed);
	for (i = 0; i < n; i++)
		p[i] = random() % 4 != 0 ? (uint8_t)(random() >> 11) : often[random() % (long)sizeof often];
	for (i = 0; i < n; i++) {
		decoded += a->decode(d, i, p + i, X86_MAXLEN, MODE_PLAIN, &in);
		if (!both_agree(a, d, i, p + i, X86_MAXLEN) && ++failed == 10)
			break;
		/* cut short: refused or shorter, never read beyond */
		if (i % 7 == 0) {
			size_t k = i / 7 % X86_MAXLEN;
			uint8_t *cut = mem_alloc(k + 1);

			for (size_t j = 0; j < k; j++)
				cut[j] = p[i + j];
			cut = realloc(cut, k ? k : 1);
			if (k != 0 && a->decode(d, i, cut, k, MODE_PLAIN, &in) && in.len > k) {
				printf("%#zx: %zu bytes were there, %u decoded\n", i, k, in.len);
				failed++;
			}
			free(cut);
		}
	}
	printf("%s: %zu of %zu random places decoded, %u differ\n", a->name, decoded, i, failed);
	free(p);
	a->close(d);
	return failed != 0;
}
