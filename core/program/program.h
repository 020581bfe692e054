/* What gcc calls where the processor has no instruction, under gcc's names (gccint, The
 * GCC low-level runtime library; Run-time ABI for the Arm Architecture, 4.3.1). Programs
 * link it, the kit does not: unlike libgcc's, it checks the stack, and splits. All of it
 * throws where the divisor is 0; INT_MIN / -1 is INT_MIN, as where it wraps.
 *
 * Left out: integers of 128 bits.
 */
#ifndef CORE_PROGRAM_PROGRAM_H
#define CORE_PROGRAM_PROGRAM_H

#include "rt.h"

/* Quotients and remainders; *rem, where there is one, may be nil. */
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rem);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rem);
uint32_t __udivsi3(uint32_t n, uint32_t d);
uint32_t __umodsi3(uint32_t n, uint32_t d);
int32_t __divsi3(int32_t n, int32_t d);
int32_t __modsi3(int32_t n, int32_t d);

/* To floating point, rounded to nearest; and from it, towards 0: what is too large for the
 * type is its largest value, and not a number is 0. */
double __floatundidf(uint64_t v);
double __floatdidf(int64_t v);
float __floatundisf(uint64_t v);
float __floatdisf(int64_t v);
uint64_t __fixunsdfdi(double d);
int64_t __fixdfdi(double d);
uint64_t __fixunssfdi(float f);
int64_t __fixsfdi(float f);

#endif
