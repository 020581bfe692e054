/* A function in two parts: one check, on entry, and a record for each part. gcc does not
 * divide functions on arm. */
/* levels: -O2 */
/* flags: -freorder-blocks-and-partition */
/* has all f: ^(cmpq|movl %gs|ldr ip|ldr x16)[^;]*;.*(jbe|bhi|b.hi) */
/* not amd64,386,arm64 f: (jbe .*jbe|morestack.*morestack) */
/* has amd64,386,arm64 f.cold: . */
/* not amd64,386,arm64 f.cold: jbe|morestack */
/* record all f: [0-9]+ [0-9]+ 1 */
/* record amd64,386,arm64 f.cold: [0-9]+ [0-9]+ 1 */
/* record arm f.cold: none */
/* note all f: 4 0 1 */
/* note amd64,386,arm64 f.cold: 4 0 1; 11 f 0 */
/* note arm f.cold: none */
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
