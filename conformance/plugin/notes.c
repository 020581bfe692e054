/* What the kit writes is what the analyzer reads: core/stacknote.h and core/stack.h against
 * conformance/nosplit/nosplit.h. Compiled only. */
#include "nosplit.h"
#include "stack.h"
#include "stacknote.h"

#define SAME(ours, theirs) _Static_assert((int)ours == (int)theirs, "core/stacknote.h: " #ours " is not " #theirs)
SAME(NoteVersion, NOTE_VERSION);
SAME(NoteLimit, NOTE_LIMIT);
SAME(NoteSmall, NOTE_SMALL);
SAME(NoteFunc, NOTE_FUNC);
SAME(NoteRoot, NOTE_ROOT);
SAME(NoteSwitch, NOTE_SWITCH);
SAME(NoteCalls, NOTE_CALLS);
SAME(NoteEnter, NOTE_ENTER);
SAME(NoteLeave, NOTE_LEAVE);
SAME(NoteExempt, NOTE_EXEMPT);
SAME(NoteBody, NOTE_BODY);
SAME(SwitchReturns, SWITCH_RETURNS);
SAME(SwitchGone, SWITCH_GONE);
SAME(FuncSplit, FUNC_SPLIT);
SAME(FuncLeaf, FUNC_LEAF);
SAME(FuncNosplit, FUNC_NOSPLIT);
SAME(FuncAsm, FUNC_ASM);
