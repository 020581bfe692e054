/* The same function in one part. */
/* levels: -O2 */
/* flags: -fno-reorder-blocks-and-partition */
/* has all f: ^(cmpq|movl %gs|ldr ip|ldr x16)[^;]*;.*morestack */
/* record all f: [0-9]+ [0-9]+ 1 */
/* record all f.cold: none */
void ext(int);
__attribute__((cold)) void bad(int);
int f(int a)
{
	ext(a);
	if (a == 7) {
		bad(1);
		bad(a);
		ext(9);
	}
	ext(a + 1);
	return a;
}
