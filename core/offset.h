/* Offsets that assembly uses, in words of PtrSize; rt.h asserts each of them.
 * Preprocessor only: included from assembly after arch.h. */
#ifndef CORE_OFFSET_H
#define CORE_OFFSET_H

#define g_stackguard0 0 /* the split prologue relies on 0 */
#define g_stackbase (1 * PtrSize)
#define g_m (2 * PtrSize)
#define g_sched (3 * PtrSize)

#define gobuf_sp 0
#define gobuf_pc (1 * PtrSize)
#define gobuf_g (2 * PtrSize)
#define gobuf_ret (3 * PtrSize)
#define gobuf_regs (4 * PtrSize)

#define m_g0 0
#define m_gsignal (1 * PtrSize)
#define m_curg (2 * PtrSize)

#define stktop_guard 0
#define stktop_prev (1 * PtrSize)
#define stktop_next (2 * PtrSize)
#define stktop_oldsp (3 * PtrSize)

#define more_oldsp 0
#define more_packed (1 * PtrSize)
#define more_regs (2 * PtrSize)

#define callback_oldsp (2 * PtrSize)

/* What asmcgocall has at most on the goroutine; below it cgocallback goes on, which so
 * has a frame of as much, with asmcgocall's return address. */
#define CallbackFrame (2 * PtrSize)

/* In callback.oldsp: the thread got its M for this callback, and gives it back after. */
#define ForeignSp 1

#endif
