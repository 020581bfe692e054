/* arm64: ARMv8-A, A64, AAPCS64. g is in x28 (-ffixed-x28). */
#define PtrSize 8
#define CallSize 0
#define StackAlign 16
#define BigEndian 0
#define GobufRegs 18	 /* x19-x27 x29, d8-d15 */
#define MoreRegsSize 224 /* struct more: x0-x8, a word, q0-q7 */
#define MoreRet 24	 /* x29, the return into the prologue, a word */
#define ReturnColumn 30
#define StackTop 0x1000000000000
#define RegArgs
#define SpinHint "yield"

#ifndef __ASSEMBLER__
#include "greg.h"
G_IN_REGISTER(getg, setg, "x28")
#endif
