/* What the macros of core/stacknote.h write: run.sh reads the section. */
#define PtrSize __SIZEOF_POINTER__
#define STRING1(x) #x
#define STRING(x) STRING1(x)
#include "stack.h"
#include "stacknote.h"
#define NOSPLIT __attribute__((nosplit))

__asm__(NOTE_TEXT(NoteLimit, "0", "0", STRING(StackLimit)));
void ext(void);
NOSPLIT void enter(void);
NOSPLIT void leave(void);
static inline NOSPLIT void held(void)
{
	SPLIT_ALLOWED();
	ext();
	SPLIT_FORBIDDEN();
}
NOSPLIT void enter(void)
{
	ENTERS_SYSCALL(enter);
	held();
}
NOSPLIT void leave(void)
{
	LEAVES_SYSCALL(leave);
	STACK_ROOT(leave, StackReserve);
	held(); /* another copy, with notes of its own */
	__asm__ volatile(NOTE_CALLS("ext") "nop" : :);
}
