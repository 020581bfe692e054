/* error: function 'f' cannot split the stack: interrupt handler */
/* arch: amd64 386 */
/* flags: -mgeneral-regs-only */
struct frame;
__attribute__((interrupt)) void f(struct frame *frame)
{
	(void)frame;
}
