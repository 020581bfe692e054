/* amd64 under the System V ABI. g is in r14 (-ffixed-r14). */
#define PtrSize 8
#define CallSize 8
#define StackAlign 16
#define BigEndian 0
#define GobufRegs 5	 /* rbx rbp r12 r13 r15 */
#define MoreRegsSize 208 /* rdi rsi rdx rcx r8 r9, the body, xmm0-7 */
#define MoreRet 8	 /* rbp */
#define ReturnColumn 16
#define StackTop 0x7ffffffff000
#define RegArgs
#define SpinHint "pause"

#ifndef __ASSEMBLER__
#include "greg.h"
G_IN_REGISTER(getg, setg, "r14")
#endif
