/* Plan 9's processes: what the files of its model share. Each is a process of Linux, so
 * that its stack segment is its own; data, heap, and the host's own data are shared. */
#ifndef PERSONALITY_PLAN9_H
#define PERSONALITY_PLAN9_H

#include "host.h"

#include "frames9.h" /* of the arch */

enum { ERRMAX = 128, NNOTE = 5, LSIGNOTE = 10, USTKSIZE = 16 << 20 };

/* In struct thread: what the model knows of a process. */
struct proc {
	uintptr_t notify; /* the handler, or 0 */
	uintptr_t ureg;   /* of the note that is handled, in the image */
	bool notified;
	uint32_t noteid, nnotes, started;
	char notes[NNOTE][ERRMAX];
	char errstr[ERRMAX];
	char fp[FpSize]; /* while a note is handled */
};
_Static_assert(sizeof(struct proc) <= sizeof ((struct thread *)0)->ofmodel, "host.h: ofmodel");

static inline struct proc *proc(struct thread *t)
{
	return (struct proc *)t->ofmodel;
}

/* struct Tos, at the top of the stack (tos.h). */
enum { TosSize = 6 * sizeof(uintptr_t) + 32 - (sizeof(uintptr_t) == 8 ? 8 : 0), TosPid = TosSize - 8 };

/* ---- aout9.c ---- */
extern uintptr_t heaplow, heaphigh;
void aoutload(const char *path);

/* ---- process9.c ---- */
intptr_t rfork(struct thread *t, uintptr_t flags);
NORETURN void pexit(struct thread *t, const char *status); /* of this process; nil: success */
bool postnote(struct thread *to, const char *note);
uint32_t postgroup(struct thread *from, const char *note);
void notedeliver(struct thread *t, struct context *c, const struct note *n);
intptr_t noted(struct thread *t, uintptr_t how);
intptr_t error(struct thread *t, const char *why); /* -1 */
void copystring(char *to, const char *from, uint32_t n);
void setpid(struct thread *t);

#endif
