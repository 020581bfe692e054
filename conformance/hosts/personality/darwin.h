/* The model of Darwin: its BSD side (model_darwin.c), Mach's (mach_darwin.c), its images
 * and the page of the clock (load_darwin.c). */
#ifndef PERSONALITY_DARWIN_H
#define PERSONALITY_DARWIN_H

#include "bsd.h"

/* In thread.ofmodel. */
struct mach {
	uint32_t replyport;	/* the newest */
	uint32_t reply[12];	/* message that waits there */
	uint32_t nreply;	/* its bytes */
};

static inline struct mach *machof(struct thread *t)
{
	return (struct mach *)t->ofmodel;
}

/* A Mach trap: its kern_return_t, or mach_msg_return_t. */
uint32_t machtrap(struct thread *t, uint32_t number, struct context *c);

void machoload(const char *path);
int64_t absolutetime(void);
void retime(uint64_t since); /* the kernel counts from another moment on, so many ticks ago */

#endif
