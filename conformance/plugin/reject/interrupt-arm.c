/* error: function 'f' cannot split the stack: interrupt handler */
/* arch: arm */
/* flags: -mgeneral-regs-only */
__attribute__((interrupt("IRQ"))) void f(void)
{
}
