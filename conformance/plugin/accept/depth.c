/* The frame of the record is what the code takes, up to the CFA. */
/* depth all none */
/* depth all call */
/* depth all buffer */
/* depth all many */
/* depth all huge */
/* depth arm partly */
/* depth arm behind */
/* record arm partly: [0-9]+ 5 1 */
/* record arm behind: [0-9]+ 4 1 */
/* record arm none: [04] 0 2|8 0 2 */
void ext(void *);
void none(void) {}
int call(int a) { ext(0); return a; }
void buffer(void) { char buf[100]; ext(buf); ext(0); }
int many(int a, int b, int c, int d, int e, int f, int g, int h)
{
	ext(0);
	return a + b + c + d + e + f + g + h;
}
void huge(void) { char buf[100000]; ext(buf); ext(0); }
struct six { int a[6]; };
int partly(int a, int b, int c, struct six s) { ext(&s); return a + b + c + s.a[5]; }
int behind(int a, struct six s, int z) { ext(&s); return a + s.a[5] + z; }
