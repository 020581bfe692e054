/*
 * prog.h - what the measured programs share. They are freestanding: start.S of the arch
 * calls run_all, then exits. Each run_ function calls every function of its file so that
 * the deepest path of each is taken.
 *
 * Names say what a bound may not be found for: dyn_ a frame of dynamic size, rec_ recursion,
 * ind_ a call or a jump through a pointer.
 */
#ifndef PROG_H
#define PROG_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#define KEEP __attribute__((noinline, used))
#else
#define KEEP __attribute__((noipa, used))
#endif
#define ALIGN(n) __attribute__((aligned(n)))
#ifdef __i386__
#define POPS __attribute__((stdcall))
#define FASTPOPS __attribute__((fastcall))
#else
#define POPS
#define FASTPOPS
#endif

extern volatile long sink, zero, one, two, ten;
extern volatile double fzero, fone, fhalf;
/* Tells the compiler that the bytes at p are used. */
#define USE(p) __asm__ volatile("" : : "r"(p) : "memory")

/* asm.S: calls f with sp lower by bytes, a multiple of the pointer size */
void dyn_shifted(void (*f)(void), long bytes);
#ifdef __arm__
enum { SHIFT = 8 }; /* gcc relies on it */
#else
enum { SHIFT = sizeof(long) };
#endif
void asm_saved(void); /* aligns its frame */
void run_asm(void);

void run_leaf(void), run_frame(void), run_call(void), run_pops(void), run_align(void), run_dynamic(void);
void run_recursion(void), run_jump(void), run_math(void), run_float(void), run_indirect(void), run_path(void);
void run_struct(void), run_array(void);

#endif
