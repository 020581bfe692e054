/* A loop that starts with the first instruction does not run the check again. */
/* has amd64,386 f: jbe \.Lsplit0; \.Lbody0:; .*\.L[0-9]+:.*call ext; .*jmp \.L[0-9]+; \.Lsplit0:; .*(jmp|call) morestack00; */
/* has arm f: morestack00; ldr pc, \[sp\], #4; 1:; .*\.L[0-9]+:.*bl ext; .*b \.L */
/* has amd64,386,arm f: ^(cmpq|movl %gs|ldr ip) */
/* not all f: ^\.L[0-9]+:; (cmpq|movl %gs|ldr ip) */
/* not all f: morestack.*morestack */
/* has all only: morestack */
/* not amd64,386 only: \.L[0-9]+:.*jbe \.Lsplit */
/* not arm only: \.L[0-9]+:.*morestack */
void ext(void);
void f(void)
{
	for (;;)
		ext();
}
void only(void)
{
	volatile char buf[2000];
top:
	__asm__ goto("" : : : : top);
	buf[0] = 1;
}
