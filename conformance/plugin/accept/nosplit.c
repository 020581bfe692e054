/* NOSPLIT functions have no check and a record of their own kind; what is
 * rejected elsewhere is allowed in them. */
/* flags: -Wno-return-local-addr */
/* not all f: morestack */
/* record all f: [0-9]+ 0 3 */
/* not all p: morestack */
/* not all late: morestack */
/* record all late: [0-9]+ 0 3 */
/* record all vla: [0-9]+ 0 259 */
/* record all sum: [0-9]+ 0 3 */
/* record all where: [0-9]+ 0 3 */
/* record amd64 bare: 8 0 259 */
/* record 386 bare: 4 0 259 */
/* record arm bare: 0 0 259 */
#define NOSPLIT __attribute__((nosplit))
void ext(void *);
NOSPLIT void f(void) { char buf[1000]; ext(buf); }
void *NOSPLIT p(void) { ext(0); return 0; }
void late(void) { ext(0); ext(0); }
void late(void) NOSPLIT;
NOSPLIT void vla(int n) { char buf[n]; ext(buf); }
NOSPLIT int sum(int n, ...)
{
	__builtin_va_list ap;
	__builtin_va_start(ap, n);
	n += __builtin_va_arg(ap, int);
	__builtin_va_end(ap);
	return n;
}
NOSPLIT void *where(void) { return __builtin_return_address(0); }
NOSPLIT __attribute__((naked)) void bare(void) { __asm__(""); }
