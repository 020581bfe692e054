/*
 * trace.h - a run of a program as qemu-user logs it (-singlestep -d cpu,nochain): the
 * registers before every instruction. Knows nothing of the analyzer that it judges.
 *
 *	program.c	the ELF file: functions and code bytes (libelf)
 *	log.c		the log's text to steps
 *	below.c		x86: memory that an instruction accesses below sp, what aligns sp (Zydis)
 *	below_arm.c	the same for arm (Capstone)
 *	trace.c		activations of functions and the deepest sp of each
 */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum machine { MACH_AMD64, MACH_386, MACH_ARM };

struct function {
	uint64_t start, end;
	const char *name;
	const struct function *whole; /* this is a cold part of it, or nil */
	uint64_t activations, own, total; /* bytes below the sp at entry */
	uint64_t worstown, worsttotal;	  /* the same, had each been entered with the worst sp: see trace.c */
	bool open;
};

struct program {
	enum machine machine;
	uint64_t entry, bias; /* of a position-independent one, known after the first step */
	struct function *functions; /* sorted, not overlapping */
	size_t nfunctions;
	uint64_t textstart, textend;
	const uint8_t *text;
};

struct stepped {
	uint64_t pc, sp, lr; /* lr of arm */
	uint64_t reg[16];    /* x86: rax rcx rdx rbx rsp rbp rsi rdi r8 ... r15 */
	uint32_t psr;	     /* of arm */
};

/* What one instruction does to the stack beside moving sp. */
struct effect {
	uint64_t below; /* bytes below sp that it reads or writes, 0 if none */
	bool call;	/* x86 only */
	uint64_t unit;	/* it rounds sp or a copy of it down to a multiple of unit; 0: it does not */
	uint64_t from, to; /* its value before and after */
};

void program_read(struct program *, const char *path); /* exits 2 and says why if it cannot */
struct function *program_function(struct program *, uint64_t pc); /* or nil */

/* The next step on stdin; false at the end. */
bool log_step(enum machine, struct stepped *);

/* Of the instruction that this step is about to do. */
struct effect effect_x86(const struct program *, const struct stepped *);
struct effect effect_arm(const struct program *, const struct stepped *);

enum { FAR = 131072 }; /* what is further from sp is no frame: something else lies there */

#endif
