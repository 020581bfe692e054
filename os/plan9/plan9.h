/* What the files of this folder share. Names begin with plan9_: they are not part of the
 * port contract. Numbers and layouts: sys.h, tos.h, ureg.h of the system. */
#include "rt.h"

#include "sys.h"

enum { EIO = 5, EAGAIN = 11 };
enum { OREAD = 0, OWRITE = 1 };
enum { RFNOTEG = 1 << 3, RFPROC = 1 << 4, RFMEM = 1 << 5, RFNOWAIT = 1 << 6 };
#define PLAN9_PROFILE "portkit: profile" /* a note */
enum { NCONT = 0, NDFLT = 1 };

/* At the top of each process's stack, which is 8 MiB above the word that holds g. */
struct plan9_tos {
	void *prof[4];
	uint32_t profpid, what;
	aligned64 cyclefreq, kcycles, pcycles;
	uint32_t pid, clock;
};
#define plan9_tos ((struct plan9_tos *)(G_OPERAND + 0x800000) - 1)

/* System calls (calls.S): -1 is an error, which errstr tells of. */
NOSPLIT NORETURN void plan9_exits(const char *status); /* this process */
NOSPLIT int32_t plan9_open(const char *path, int32_t mode);
NOSPLIT int32_t plan9_close(int32_t fd);
NOSPLIT int32_t plan9_pread(int32_t fd, void *p, int32_t n, int64_t offset);
NOSPLIT int32_t plan9_pwrite(int32_t fd, const void *p, int32_t n, int64_t offset); /* -1: where it stands */
NOSPLIT int32_t plan9_brk(void *end);
NOSPLIT int32_t plan9_sleep(int32_t ms);
NOSPLIT int32_t plan9_pipe(int32_t fd[2]); /* for tests */
NOSPLIT int32_t plan9_notify(void (*handler)(void));
NOSPLIT NORETURN void plan9_noted(int32_t what);
NOSPLIT int32_t plan9_errstr(char *buf, uint32_t n); /* exchanges it with the last error */
NOSPLIT int32_t plan9_semacquire(uint32_t *count, int32_t block);
NOSPLIT int32_t plan9_tsemacquire(uint32_t *count, uint32_t ms);
NOSPLIT int32_t plan9_semrelease(uint32_t *count, int32_t n);
/* In assembly, of the arch. With RFPROC the child calls plan9_thread(mp) on mp->g0. */
NOSPLIT int32_t plan9_rfork(int32_t flags, struct m *mp);
NOSPLIT NORETURN void plan9_leave(uint32_t *alive); /* *alive = 0, and the process ends */
NOSPLIT void plan9_note(void); /* what the kernel calls for a note: goes on in plan9_handler */

NOSPLIT NORETURN void plan9_thread(struct m *mp);
NOSPLIT NORETURN void plan9_handler(void *ureg, const char *note);
/* Writes msg to /proc/pid/file: note, or notepg, which is all others of the group. */
NOSPLIT void plan9_post(uint32_t pid, const char *file, const char *msg);
NOSPLIT uint32_t plan9_ms(int64_t ns); /* rounded up, and no more than the kernel can count in ticks */
extern uint32_t plan9_exiting; /* the whole program is about to end */
NOSPLIT NORETURN void plan9_exit(void); /* as it says */
extern int32_t plan9_cputime;  /* open: /dev/cputime */
