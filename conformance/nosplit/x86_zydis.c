/*
 * x86_zydis.c - decodes with Zydis: whatever x86_fast.c does not.
 *
 * Promises: an instruction without a verb of its own makes every general register unknown
 * that Zydis says it writes, hidden operands included, and accesses the memory that Zydis says
 * it reads or writes.
 */
#include "x86.h"

#include <string.h>

enum {
	Writes = ZYDIS_OPERAND_ACTION_MASK_WRITE,
	Reads = ZYDIS_OPERAND_ACTION_MASK_READ,
	Flags = ZYDIS_CPUFLAG_CF | ZYDIS_CPUFLAG_PF | ZYDIS_CPUFLAG_ZF | ZYDIS_CPUFLAG_SF | ZYDIS_CPUFLAG_OF,
};

static const ZydisInstructionAttributes repeated = ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE;

static unsigned verb_of(ZydisMnemonic m)
{
	switch (m) {
	case ZYDIS_MNEMONIC_NOP: case ZYDIS_MNEMONIC_ENDBR32: case ZYDIS_MNEMONIC_ENDBR64:
	case ZYDIS_MNEMONIC_PREFETCH: case ZYDIS_MNEMONIC_PREFETCHNTA: case ZYDIS_MNEMONIC_PREFETCHT0:
	case ZYDIS_MNEMONIC_PREFETCHT1: case ZYDIS_MNEMONIC_PREFETCHT2: case ZYDIS_MNEMONIC_PREFETCHW:
	case ZYDIS_MNEMONIC_PREFETCHWT1: case ZYDIS_MNEMONIC_CLDEMOTE:
		return I_NOP;
	case ZYDIS_MNEMONIC_MOV: return I_MOV;
	case ZYDIS_MNEMONIC_MOVZX: return I_MOVZX;
	case ZYDIS_MNEMONIC_MOVSX: case ZYDIS_MNEMONIC_MOVSXD:
	case ZYDIS_MNEMONIC_CBW: case ZYDIS_MNEMONIC_CWDE: case ZYDIS_MNEMONIC_CDQE:
		return I_MOVSX;
	case ZYDIS_MNEMONIC_LEA: return I_LEA;
	case ZYDIS_MNEMONIC_ADD: return I_ADD;
	case ZYDIS_MNEMONIC_SUB: return I_SUB;
	case ZYDIS_MNEMONIC_AND: return I_AND;
	case ZYDIS_MNEMONIC_OR: return I_OR;
	case ZYDIS_MNEMONIC_XOR: return I_XOR;
	case ZYDIS_MNEMONIC_CMP: return I_CMP;
	case ZYDIS_MNEMONIC_TEST: return I_TEST;
	case ZYDIS_MNEMONIC_INC: return I_INC;
	case ZYDIS_MNEMONIC_DEC: return I_DEC;
	case ZYDIS_MNEMONIC_NEG: return I_NEG;
	case ZYDIS_MNEMONIC_NOT: return I_NOT;
	case ZYDIS_MNEMONIC_SHL: return I_SHL;
	case ZYDIS_MNEMONIC_SHR: return I_SHR;
	case ZYDIS_MNEMONIC_XCHG: return I_XCHG;
	case ZYDIS_MNEMONIC_XADD: return I_XADD;
	case ZYDIS_MNEMONIC_CMOVB: case ZYDIS_MNEMONIC_CMOVBE: case ZYDIS_MNEMONIC_CMOVL:
	case ZYDIS_MNEMONIC_CMOVLE: case ZYDIS_MNEMONIC_CMOVNB: case ZYDIS_MNEMONIC_CMOVNBE:
	case ZYDIS_MNEMONIC_CMOVNL: case ZYDIS_MNEMONIC_CMOVNLE: case ZYDIS_MNEMONIC_CMOVNO:
	case ZYDIS_MNEMONIC_CMOVNP: case ZYDIS_MNEMONIC_CMOVNS: case ZYDIS_MNEMONIC_CMOVNZ:
	case ZYDIS_MNEMONIC_CMOVO: case ZYDIS_MNEMONIC_CMOVP: case ZYDIS_MNEMONIC_CMOVS:
	case ZYDIS_MNEMONIC_CMOVZ:
		return I_CMOV;
	case ZYDIS_MNEMONIC_PUSH: return I_PUSH;
	case ZYDIS_MNEMONIC_POP: return I_POP;
	case ZYDIS_MNEMONIC_PUSHA: case ZYDIS_MNEMONIC_PUSHAD: return I_PUSHALL;
	case ZYDIS_MNEMONIC_POPA: case ZYDIS_MNEMONIC_POPAD: return I_POPALL;
	case ZYDIS_MNEMONIC_PUSHF: case ZYDIS_MNEMONIC_PUSHFD: case ZYDIS_MNEMONIC_PUSHFQ: return I_PUSHFLAGS;
	case ZYDIS_MNEMONIC_POPF: case ZYDIS_MNEMONIC_POPFD: case ZYDIS_MNEMONIC_POPFQ: return I_POPFLAGS;
	case ZYDIS_MNEMONIC_ENTER: return I_ENTER;
	case ZYDIS_MNEMONIC_LEAVE: return I_LEAVE;
	case ZYDIS_MNEMONIC_JMP: return I_JUMP;
	case ZYDIS_MNEMONIC_JB: case ZYDIS_MNEMONIC_JBE: case ZYDIS_MNEMONIC_JL: case ZYDIS_MNEMONIC_JLE:
	case ZYDIS_MNEMONIC_JNB: case ZYDIS_MNEMONIC_JNBE: case ZYDIS_MNEMONIC_JNL: case ZYDIS_MNEMONIC_JNLE:
	case ZYDIS_MNEMONIC_JNO: case ZYDIS_MNEMONIC_JNP: case ZYDIS_MNEMONIC_JNS: case ZYDIS_MNEMONIC_JNZ:
	case ZYDIS_MNEMONIC_JO: case ZYDIS_MNEMONIC_JP: case ZYDIS_MNEMONIC_JS: case ZYDIS_MNEMONIC_JZ:
		return I_JCC;
	case ZYDIS_MNEMONIC_LOOP: case ZYDIS_MNEMONIC_LOOPE: case ZYDIS_MNEMONIC_LOOPNE: return I_LOOP;
	case ZYDIS_MNEMONIC_JCXZ: case ZYDIS_MNEMONIC_JECXZ: case ZYDIS_MNEMONIC_JRCXZ: return I_JCXZ;
	case ZYDIS_MNEMONIC_CALL: return I_CALL;
	case ZYDIS_MNEMONIC_RET: return I_RET;
	case ZYDIS_MNEMONIC_IRET: case ZYDIS_MNEMONIC_IRETD: case ZYDIS_MNEMONIC_IRETQ:
	case ZYDIS_MNEMONIC_SYSRET: case ZYDIS_MNEMONIC_SYSEXIT: case ZYDIS_MNEMONIC_UIRET:
	case ZYDIS_MNEMONIC_RSM:
		return I_SYSRET;
	case ZYDIS_MNEMONIC_SYSCALL: case ZYDIS_MNEMONIC_SYSENTER: case ZYDIS_MNEMONIC_INT: return I_SYSTEM;
	case ZYDIS_MNEMONIC_UD0: case ZYDIS_MNEMONIC_UD1: case ZYDIS_MNEMONIC_UD2:
	case ZYDIS_MNEMONIC_HLT: case ZYDIS_MNEMONIC_INT3:
		return I_STOP;
	default: return I_OTHER;
	}
}

/* Numbers as in the encoding; NoReg for what is no general register. */
static unsigned number(ZydisRegister r, bool *high)
{
	*high = false;
	if (r >= ZYDIS_REGISTER_RAX && r <= ZYDIS_REGISTER_R15)
		return r - ZYDIS_REGISTER_RAX;
	if (r >= ZYDIS_REGISTER_EAX && r <= ZYDIS_REGISTER_R15D)
		return r - ZYDIS_REGISTER_EAX;
	if (r >= ZYDIS_REGISTER_AX && r <= ZYDIS_REGISTER_R15W)
		return r - ZYDIS_REGISTER_AX;
	if (r >= ZYDIS_REGISTER_AL && r <= ZYDIS_REGISTER_BL)
		return r - ZYDIS_REGISTER_AL;
	if (r >= ZYDIS_REGISTER_AH && r <= ZYDIS_REGISTER_BH) {
		*high = true;
		return r - ZYDIS_REGISTER_AH;
	}
	if (r >= ZYDIS_REGISTER_SPL && r <= ZYDIS_REGISTER_R15B)
		return r - ZYDIS_REGISTER_SPL + RegSP;
	return NoReg;
}

static unsigned log2of(unsigned scale)
{
	return scale == 8 ? 3 : scale == 4 ? 2 : scale == 2 ? 1 : 0;
}

static void memory(const struct decoder *d, const ZydisDecodedInstruction *zi, addr next,
	const ZydisDecodedOperandMem *m, struct operand *o)
{
	bool high;

	o->type = O_MEM;
	o->reg = NoReg;
	o->far = m->segment == ZYDIS_REGISTER_FS || m->segment == ZYDIS_REGISTER_GS;
	o->odd = m->type == ZYDIS_MEMOP_TYPE_VSIB || m->type == ZYDIS_MEMOP_TYPE_MIB || zi->address_width == 16;
	o->narrow = d->wide && zi->address_width == 32;
	o->imm = m->disp.has_displacement ? m->disp.value : 0;
	if (m->base == ZYDIS_REGISTER_RIP || m->base == ZYDIS_REGISTER_EIP) {
		o->base = o->index = NoReg;
		o->imm = (int64_t)((uint64_t)o->imm + next);
		return;
	}
	o->base = (uint8_t)number(m->base, &high);
	o->index = (uint8_t)number(m->index, &high);
	o->shift = o->index != NoReg ? (uint8_t)log2of(m->scale) : 0;
	if (o->base == NoReg && !d->wide)
		o->imm = (int64_t)(uint32_t)o->imm;
}

static void convert(const struct decoder *d, const ZydisDecodedInstruction *zi, addr next,
	const ZydisDecodedOperand *z, struct operand *o)
{
	memset(o, 0, sizeof *o);
	o->size = z->size / 8;
	switch (z->type) {
	case ZYDIS_OPERAND_TYPE_REGISTER:
		o->type = O_REG;
		o->reg = (uint8_t)number(z->reg.value, &o->high);
		break;
	case ZYDIS_OPERAND_TYPE_MEMORY:
		memory(d, zi, next, &z->mem, o);
		break;
	case ZYDIS_OPERAND_TYPE_IMMEDIATE:
		o->type = O_IMM;
		o->size = 0;
		o->imm = z->imm.value.s;
		if (z->imm.is_relative) {
			o->imm = (int64_t)((uint64_t)o->imm + next);
			if (!d->wide)
				o->imm = (int64_t)(uint32_t)o->imm;
		}
		break;
	default: /* far pointer */
		o->type = O_REG;
		o->reg = NoReg;
		break;
	}
}

static bool writesflags(const ZydisDecodedInstruction *zi)
{
	const ZydisAccessedFlags *a = zi->cpu_flags;

	return a != NULL && (a->modified | a->set_0 | a->set_1 | a->undefined) & Flags;
}

static bool written(const struct insn *out, unsigned reg)
{
	unsigned i;

	for (i = 0; i < out->nops; i++)
		if (out->ops[i].kind == OP_CLOBBER && out->ops[i].rd == reg)
			return true;
	return false;
}

/* Zydis 4.0 says of cmps and scas that their pointers are only read. */
static bool moves_pointers(const ZydisDecodedInstruction *zi)
{
	return zi->meta.category == ZYDIS_CATEGORY_STRINGOP || zi->meta.category == ZYDIS_CATEGORY_IOSTRINGOP;
}

/* Whatever Zydis says. */
static void other(const struct decoder *d, const ZydisDecodedInstruction *zi, addr next,
	const ZydisDecodedOperand *z, struct insn *out)
{
	struct operand o;
	unsigned i;

	for (i = 0; i < zi->operand_count; i++) {
		convert(d, zi, next, &z[i], &o);
		if (o.type != O_MEM || z[i].mem.type == ZYDIS_MEMOP_TYPE_AGEN)
			continue;
		if (z[i].actions & Writes) {
			x86_smash(out, &o);
			if (zi->attributes & repeated) /* from there on */
				x86_anywhere(out);
		}
		else if (z[i].actions & Reads)
			x86_touch(out, &o);
	}
	for (i = 0; i < zi->operand_count; i++) {
		convert(d, zi, next, &z[i], &o);
		if (o.type == O_REG && o.reg != NoReg && z[i].actions & Writes && !written(out, o.reg))
			x86_clobber(out, o.reg);
		if (o.type == O_MEM && o.base != NoReg && moves_pointers(zi) && !written(out, o.base))
			x86_clobber(out, o.base);
	}
	if (writesflags(zi))
		x86_flags(out);
}

/* What a kernel may change, by its convention: the result, what the way in and out takes, and
 * memory that it was given a pointer to. */
static void kernel(const struct decoder *d, ZydisMnemonic m, struct insn *out)
{
	x86_clobber(out, RegA);
	if (m == ZYDIS_MNEMONIC_SYSCALL || m == ZYDIS_MNEMONIC_SYSENTER)
		x86_clobber(out, RegC);
	if (m == ZYDIS_MNEMONIC_SYSENTER)
		x86_clobber(out, RegD);
	if (m == ZYDIS_MNEMONIC_SYSCALL && d->wide)
		x86_clobber(out, 11);
	x86_anywhere(out);
	x86_flags(out);
}

bool x86_zydis(struct decoder *d, addr pc, const uint8_t *p, size_t n, struct insn *out)
{
	ZydisDecoderContext context;
	ZydisDecodedInstruction zi;
	ZydisDecodedOperand z[ZYDIS_MAX_OPERAND_COUNT];
	struct form f;
	unsigned i;
	addr next;

	if (!ZYAN_SUCCESS(ZydisDecoderDecodeInstruction(&d->zydis, &context, p, n, &zi)))
		return false;
	x86_begin(out, zi.length);
	f.verb = (uint8_t)verb_of(zi.mnemonic);
	if (f.verb == I_NOP)
		return true;
	if (f.verb == I_SYSTEM) {
		kernel(d, zi.mnemonic, out);
		return true;
	}
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeOperands(&d->zydis, &context, &zi, z, zi.operand_count)))
		return false;
	next = d->wide ? pc + zi.length : (uint32_t)(pc + zi.length);
	f.n = 0;
	f.len = zi.length;
	f.cc = zi.opcode & 15;
	f.size = zi.operand_width / 8;
	if (f.verb == I_LOOP)
		f.size = zi.address_width / 8;
	if (zi.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR)
		f.verb = f.verb == I_CALL ? I_FARCALL : f.verb == I_JUMP ? I_FARJUMP : f.verb == I_RET ? I_FARRET : f.verb;
	if (f.verb == I_OTHER) {
		other(d, &zi, next, z, out);
		if (zi.mnemonic == ZYDIS_MNEMONIC_XBEGIN) { /* an abort goes there */
			out->flow = FLOW_JUMP;
			out->cond = COND_OTHER;
			out->target = (addr)(z[0].imm.value.s + (int64_t)next);
		}
		return !x86_toomany(out);
	}
	for (i = 0; i < zi.operand_count_visible && f.n < nelem(f.o); i++)
		convert(d, &zi, next, &z[i], &f.o[f.n++]);
	if (f.verb == I_MOVSX && f.n == 0) { /* from a half of the accumulator to all of it */
		f.n = 2;
		f.o[0] = (struct operand){.type = O_REG, .reg = RegA, .size = zi.operand_width / 8};
		f.o[1] = (struct operand){.type = O_REG, .reg = RegA, .size = zi.operand_width / 16};
	}
	if (f.verb == I_INC || f.verb == I_DEC)
		f.o[f.n++] = (struct operand){.type = O_IMM, .imm = 1};
	x86_lift(d, pc, &f, out);
	return !x86_toomany(out);
}
