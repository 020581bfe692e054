/*
 * insn.h - machine code as ops, and what the file of an architecture supplies.
 *
 * All that the engine knows of a processor: a new one is a struct arch, and its line in arch.c.
 */
#ifndef INSN_H
#define INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t addr;

enum { MaxRegs = 40, MaxOps = 40, NoReg = 0xff };
/* Registers 0 .. nregs-1 are the arch's own; behind them are two temporaries of an
 * instruction (not kept from one to the next). */
enum { Tmp0 = MaxRegs, Tmp1, AllRegs };

enum opkind {
	OP_LEA,	    /* rd = ra + (rb << shift) + imm: move, constant, add, lea; NoReg counts 0 */
	OP_SUB,	    /* rd = ra - (rb << shift) - imm */
	OP_AND,	    /* rd = ra & imm, imm sign-extended */
	OP_SHL,	    /* rd = ra << imm */
	OP_SHR,	    /* rd = ra >> imm, unsigned */
	OP_LOAD,    /* rd = size bytes at ra + (rb << shift) + imm, sign-extended if sign */
	OP_STORE,   /* size bytes there = rd (NoReg: something unknown) */
	OP_CMP,	    /* flags from ra - rb, or ra - imm if rb is NoReg */
	OP_FLAGS,   /* flags become unknown */
	OP_CLOBBER, /* rd becomes unknown */
	OP_SEXT,    /* rd = low size bytes of ra, sign-extended */
	OP_TOUCH,   /* memory at ra + imm is accessed (stack probe): counts as depth, changes nothing */
};

struct op {
	uint8_t kind, rd, ra, rb;
	uint8_t shift;
	uint8_t size; /* bytes of memory; for others 4 on a 64-bit arch: the result is zero-extended from 32 bits, 0: full width */
	bool sign;
	int64_t imm;
};

enum flowkind {
	FLOW_NEXT,  /* to the following instruction */
	FLOW_JUMP,  /* to target; with cond also to the next */
	FLOW_CALL,  /* of target; what the call pushes is the engine's business */
	FLOW_IJUMP, /* to the value of flowreg: returns, jump tables, indirect tail calls */
	FLOW_ICALL, /* of the value of flowreg */
	FLOW_STOP,  /* never goes on: ud2, hlt, udf */
};

/* Conditions on the last OP_CMP a, b; c ^ 1 is the opposite of c (but of COND_ALWAYS). */
enum cond {
	COND_ALWAYS = 0,
	COND_EQ = 2, COND_NE, COND_ULT, COND_UGE, COND_UGT, COND_ULE,
	COND_SLT, COND_SGE, COND_SGT, COND_SLE,
	COND_MI, COND_PL, COND_VS, COND_VC, COND_PE, COND_PO,
	COND_OTHER = 18, COND_NOTHER, /* not on the flags of OP_CMP: jecxz, cbz, loop ... */
};

struct insn {
	uint8_t len;	 /* bytes */
	uint8_t flow;
	uint8_t cond;	 /* not COND_ALWAYS: ops and flow happen only if it holds (but jumps of x86: flow alone) */
	uint8_t flowreg; /* FLOW_IJUMP, FLOW_ICALL: register or temporary, after the ops */
	uint8_t nops;
	bool isret;	 /* the instruction that returns by convention, if flowreg is unknown */
	bool writesflags;
	uint8_t targetmode; /* MODE_... of target */
	addr target;
	/* Every op in order. One that needs more than MaxOps is not decoded. */
	struct op ops[MaxOps];
};

enum { MODE_PLAIN = 0, MODE_THUMB = 1 }; /* A32, and what has no modes: PLAIN */

struct decoder; /* of the arch file */

struct arch {
	const char *name;    /* Go's: amd64, 386, arm */
	uint16_t machine;    /* ELF e_machine */
	uint8_t class;	     /* ELFCLASS32 or ELFCLASS64 */
	uint8_t ptrsize;
	uint8_t callsize;    /* bytes that a call pushes */
	uint8_t nregs, sp;
	uint8_t lr;	     /* register of the return address; NoReg: it is pushed */
	uint8_t redzone;     /* bytes below sp that the ABI lets a leaf use: an access there counts anyway */
	uint8_t minlen;	     /* alignment of instructions in MODE_PLAIN */
	bool thumb;	     /* bit 0 of a code address is its mode */
	uint64_t preserved;  /* bit r: the C ABI preserves register r over a call (sp not among them) */
	const char *const *regnames; /* as the assembler has them, without % */
	int (*fromdwarf)(int dwarfreg);	/* its register, or -1 */
	struct decoder *(*open)(const struct arch *, bool bigendian);
	void (*close)(struct decoder *);
	/* Decodes what is at p (n bytes are there); false if it is no instruction. Called in
	 * the order of addresses within straight code, so that IT blocks can be followed. */
	bool (*decode)(struct decoder *, addr pc, const uint8_t *p, size_t n, int mode, struct insn *out);
	/* Writes the instruction as the usual disassembler shows it (AT&T on x86, UAL on arm). */
	void (*text)(struct decoder *, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size);
	/* The jump that a PLT stub or a linker veneer at p makes: true, and *slot the address of
	 * the word it goes through, or *target where it goes (the other one is 0). May be nil. */
	bool (*veneer)(struct decoder *, addr pc, const uint8_t *p, size_t n, int mode, addr *slot, addr *target, uint8_t *targetmode);
	/* Hands over each number that an instruction in the n bytes at p may put where an address
	 * can stand (in whatever mode), but those that are no more than reach bytes off the
	 * instruction. Nil: whatever stands in the bytes of an instruction (see hints.c). */
	void (*constants)(struct decoder *, addr pc, const uint8_t *p, size_t n, void (*found)(void *to, addr value, addr pc), void *to);
	uint16_t reach;
};

extern const struct arch arch_amd64, arch_386, arch_arm, arch_arm64;
const struct arch *arch_of(int machine, int class); /* nil if there is none */

#endif
