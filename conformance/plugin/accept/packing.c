/* packed = ceil(frame / 16) << 12 | words; a small frame counts as 0. */
/* levels: -O2 */
/* record amd64 edge: 128 0 1 */
/* record 386,arm,arm64 edge: 128 0 1 */
/* record all over: 1(36|44) 36864 1 */
/* has amd64 over: leaq -16\(%rsp\), %r11; cmpq \(%r14\), %r11; jbe \.Lsplit1; .*\.Lsplit1:; movl \$9, %r11d; leaq \.Lbody1\(%rip\), %r10; jmp morestack10; */
/* has 386 over: movl \(%eax\), %eax; addl \$8, %eax; cmpl %eax, %esp; jbe \.Lsplit1; .*\.Lsplit1:; movl \$9, %eax; call morestack10; ret \$0; */
/* has arm over: ldr ip, \[r10\]; add ip, ip, #16; cmp sp, ip; bhi 1f; movw ip, #9; str lr, \[sp, #-4\]!; bl morestack10; */
/* has arm64 over: ldr x16, \[x28\]; add x16, x16, #16; cmp sp, x16; b.hi 1f; mov x16, #9; stp x16, x30, \[sp, #-16\]!; bl morestack10; */
/* depth all edge */
void ext(void *);
#if defined __aarch64__
#define EDGE 112
#define OVER 128
#elif defined __x86_64__
#define EDGE 104
#define OVER 120
#elif defined __arm__
#define EDGE 120
#define OVER 132
#else
#define EDGE 120
#define OVER 128
#endif
void edge(void) { char buf[EDGE]; ext(buf); __asm__ volatile(""); }
void over(void) { char buf[OVER]; ext(buf); __asm__ volatile(""); }
