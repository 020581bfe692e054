/* Stack layout constants, in bytes, shared by C, assembly and the compiler
 * plugin: preprocessor only.
 *
 *   stackbase -> +----------------+  high: struct stktop of the segment
 *                | frames         |
 *   stackguard ->|................|  a function with a frame of up to
 *                |  StackSmall    |  StackSmall only needs sp > guard on entry
 *                |................|
 *                |  StackLimit    |  chains of nosplit functions, morestack
 *                |................|
 *                |  StackSystem   |  what the OS pushes on a user stack
 *   lowest     ->+----------------+
 *
 * Every chain of nosplit functions, assembly leaves and morestack included,
 * fits in StackLimit. Without optimisation gcc spills everything, so a debug
 * build has larger constants of its own.
 */
#ifndef CORE_STACK_H
#define CORE_STACK_H

#define StackSmall 128
#define StackBig 4096
#ifdef PORTKIT_DEBUG_STACK
#define StackLimit 1024
#define StackFirst (4096 + StackSystem) /* a goroutine's first segment */
#define StackMin (8192 + StackSystem)   /* a later segment */
#else
#define StackLimit 128
#define StackFirst (1024 + StackSystem)
#define StackMin (4096 + StackSystem)
#endif
/* What g0 and gsignal, and the stacks that the OS gives, have below their guard, for what
 * may not split there: start-up, and the trace of a throw. */
#define StackReserve 4096
#define StackExtra 1024 /* a later segment for a large frame: frame + args + this */

/* A poisoned guard makes every split check fail. It is the largest value to which a
 * frame (below 16 MiB, PackFrameMax) can be added without wrapping in 32 bits, and
 * assembly can compare with it as an immediate. */
#define StackPoison -0x2000000

/* The packed argument of morestack: frame in 16-byte units, argument words. */
#define PackFrameShift 12
#define PackFrameUnit 16
#define PackArgMask 0xfff
#define PackFrameMax (0xfffff * PackFrameUnit)

/* Kinds of struct funcrec (rt.h). */
#define FuncSplit 1   /* checks the stack on entry */
#define FuncLeaf 2    /* small leaf without a check: counts as nosplit */
#define FuncNosplit 3 /* marked NOSPLIT */
#define FuncAsm 4     /* assembly: nosplit, frame as declared */
#define FuncDynamic 256 /* flag: the frame is not a constant (alloca, realignment) */

#endif
