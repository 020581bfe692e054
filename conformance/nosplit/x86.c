/*
 * x86.c - the architectures amd64 and 386.
 *
 * Depends on Zydis 4.0. Registers are numbered as the machine encodes them. Promises: decode()
 * reads n bytes at p and nothing behind them, and gives the same ops whichever decoder ran.
 */
#include "x86.h"

#include <elf.h>
#include <stdlib.h>

static struct decoder *x86_open(const struct arch *a, bool bigendian)
{
	struct decoder *d = mem_alloc(sizeof *d);

	(void)bigendian;
	d->wide = a->class == ELFCLASS64;
	d->word = a->ptrsize;
	if (!ZYAN_SUCCESS(ZydisDecoderInit(&d->zydis,
			d->wide ? ZYDIS_MACHINE_MODE_LONG_64 : ZYDIS_MACHINE_MODE_LEGACY_32,
			d->wide ? ZYDIS_STACK_WIDTH_64 : ZYDIS_STACK_WIDTH_32)))
		fatal("this libZydis does not decode %s", a->name);
	x86_text_init(d);
	return d;
}

static void x86_close(struct decoder *d)
{
	free(d);
}

static __attribute__((noinline)) bool decode_rest(struct decoder *d, addr pc, const uint8_t *p, size_t n, struct insn *out)
{
	struct form f;

	if (n >= X86_MAXLEN && x86_fast(d, pc, p, &f)) {
		x86_begin(out, f.len);
		x86_lift(d, pc, &f, out);
		return true;
	}
	return x86_zydis(d, pc, p, n, out);
}

static bool x86_decode(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, struct insn *out)
{
	(void)mode;
	return (n >= X86_MAXLEN && x86_quick(d, pc, p, out)) || decode_rest(d, pc, p, n, out);
}

/* endbr and notrack or bnd prefixes, then jmp *slot(%rip), jmp *slot or jmp target; a stub
 * of position-independent 386 code goes through %ebx, which only the engine knows. */
static bool x86_veneer(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode,
	addr *slot, addr *target, uint8_t *targetmode)
{
	ZydisDecodedInstruction zi;
	ZydisDecodedOperand z[ZYDIS_MAX_OPERAND_COUNT];
	size_t skip = 0;

	(void)mode;
	*slot = *target = 0;
	*targetmode = MODE_PLAIN;
	if (n >= 4 && p[0] == 0xf3 && p[1] == 0x0f && p[2] == 0x1e && (p[3] == 0xfa || p[3] == 0xfb))
		skip = 4;
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&d->zydis, p + skip, n - skip, &zi, z)) ||
			zi.mnemonic != ZYDIS_MNEMONIC_JMP || zi.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR)
		return false;
	pc += skip + zi.length;
	if (z[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
		*target = pc + z[0].imm.value.u;
	} else if (z[0].type == ZYDIS_OPERAND_TYPE_MEMORY && z[0].mem.index == ZYDIS_REGISTER_NONE &&
			z[0].mem.segment != ZYDIS_REGISTER_FS && z[0].mem.segment != ZYDIS_REGISTER_GS &&
			(z[0].mem.base == ZYDIS_REGISTER_RIP || z[0].mem.base == ZYDIS_REGISTER_NONE)) {
		*slot = (addr)z[0].mem.disp.value + (z[0].mem.base == ZYDIS_REGISTER_RIP ? pc : 0);
	} else {
		return false;
	}
	if (!d->wide) {
		*target = (uint32_t)*target;
		*slot = (uint32_t)*slot;
	}
	return true;
}

static const char *const names_amd64[] = {
	"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
	"r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
};

static const char *const names_386[] = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};

/* The psABI of amd64 numbers the first eight in an order of its own. */
static int fromdwarf_amd64(int r)
{
	static const uint8_t first[8] = {RegA, RegD, RegC, RegB, RegSI, RegDI, RegBP, RegSP};

	return r < 0 || r > 15 ? -1 : r < 8 ? first[r] : r;
}

static int fromdwarf_386(int r)
{
	return r < 0 || r > 7 ? -1 : r;
}

const struct arch arch_amd64 = {
	.name = "amd64",
	.machine = EM_X86_64,
	.class = ELFCLASS64,
	.ptrsize = 8,
	.callsize = 8,
	.nregs = 16,
	.sp = RegSP,
	.lr = NoReg,
	.redzone = 128,
	.minlen = 1,
	.preserved = 1 << RegB | 1 << RegBP | 0xf << 12,
	.regnames = names_amd64,
	.fromdwarf = fromdwarf_amd64,
	.open = x86_open,
	.close = x86_close,
	.decode = x86_decode,
	.text = x86_text,
	.veneer = x86_veneer,
};

const struct arch arch_386 = {
	.name = "386",
	.machine = EM_386,
	.class = ELFCLASS32,
	.ptrsize = 4,
	.callsize = 4,
	.nregs = 8,
	.sp = RegSP,
	.lr = NoReg,
	.redzone = 0,
	.minlen = 1,
	.preserved = 1 << RegB | 1 << RegBP | 1 << RegSI | 1 << RegDI,
	.regnames = names_386,
	.fromdwarf = fromdwarf_386,
	.open = x86_open,
	.close = x86_close,
	.decode = x86_decode,
	.text = x86_text,
	.veneer = x86_veneer,
};
