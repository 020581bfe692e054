#include "asm.h"
#include "macros.h"

#define AX rax
#define SP rsp
#define BP rbp
#define OWN r14
#define FN %rdi
#define ARG %rsi
#define SETG
#define KEEP push %rsi; push %rdi; push %rax
#define BACK pop %rax; pop %rdi; pop %rsi
#include "../x86/callback.h"
