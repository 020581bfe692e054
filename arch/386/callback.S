#include "asm.h"

#define AX eax
#define SP esp
#define BP ebp
#define OWN ebx
#define FN 8(%ebp)
#define ARG 12(%ebp)
#define SETG mov %ebx, G_OPERAND
#define LOADG(reg) movl G_OPERAND, reg
#define KEEP
#define BACK
#include "../x86/callback.h"
