/* Threads: rfork(2). Each is a process that shares all memory but the stack segment, in
 * which its g is; notes cannot be blocked, but only the group's come before it has a name. */
#include "plan9.h"

/* A limit that others have reached may be gone in a moment. */
int32_t newosproc(struct m *mp)
{
	int32_t pid;

	mp->gsignal->sched.sp = mp->gsignaltop.lowest + mp->gsignaltop.size;
	for (uint32_t ms = 1; (pid = plan9_rfork(RFPROC | RFMEM | RFNOWAIT, mp)) < 0 && ms < 256; ms *= 2)
		usleep(ms * 1000);
	return pid < 0 ? -EAGAIN : 0;
}

void exitthread(struct m *mp)
{
	plan9_leave(&mp->alive);
}

void minit(struct m *mp)
{
	mp->gsignal->sched.sp = mp->gsignaltop.lowest + mp->gsignaltop.size; /* for plan9_note */
	mp->procid = plan9_tos->pid;
	mp->tls[0] = false; /* setprof */
}

void unminit(struct m *mp)
{
	mp->procid = 0; /* nobody sends it notes */
}
