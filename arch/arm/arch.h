/* arm: ARMv7-A, A32, AAPCS with VFP registers. g is in r10 (-ffixed-r10). */
#define PtrSize 4
#define CallSize 0
#define StackAlign 8
#define BigEndian 0
#define GobufRegs 23	/* r4-r9 r11, d8-d15 */
#define MoreRegsSize 96 /* r0-r3, d0-d7 */
#define MoreRet 16	/* r4 r5 r11, the return into the prologue */
#define ReturnColumn 14
#define StackTop 0xfe000000
#define RegArgs
#define SpinHint "yield"

#ifndef __ASSEMBLER__
#include "greg.h"
G_IN_REGISTER(getg, setg, "r10")
#endif
