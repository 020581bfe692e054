/* calls.c - a nosplit function in C, in which a compiler makes a call if one of the macros
 * of the list `calls` is defined; without one there is nothing to find. WORD: size of an address.
 */
#define TEXT2(x) #x
#define TEXT(x) TEXT2(x)
#if WORD == 8
#define RECORD ".quad "
#else
#define RECORD ".long "
#endif
#define NOTE(kind, where, what, value) \
	__asm__(".pushsection .nosplit, \"\", %progbits\n\t" RECORD #kind ", " #where ", " #what ", " TEXT(value) "\n\t.popsection")

NOTE(1, 0, 0, 1);
NOTE(2, 0, 0, 4096); /* no budget is in question */
NOTE(4, f, 0, 3);
NOTE(5, f, 0, 0);

struct big {
	char c[1000];
} from, to;
volatile long long wide = 1;
volatile int narrow = 1;
volatile float small;
volatile double real;
#if defined(__SIZEOF_FLOAT128__)
volatile __float128 quad;
#endif
#if WORD == 8
volatile __int128 wider = 1;
#endif

#ifdef PROTECT
__attribute__((stack_protect))
#endif
__attribute__((noinline, noclone)) int f(int n)
{
	volatile int array[4] = { n };

#ifdef DIVIDE64
	wide = 1000000007 / wide;
#endif
#ifdef REMAINDER64
	wide = (unsigned long long)wide % 1000000007;
#endif
#ifdef DIVIDE128
	wider = wider / 1000000007;
#endif
#ifdef DIVIDE32
	narrow = 1000000007 / narrow;
#endif
#ifdef COPY
	to = from;
#endif
#ifdef CLEAR
	to = (struct big){ 0 };
#endif
#ifdef FLOAT128
	quad = quad + 1;
#endif
#ifdef CONVERT
	real = wide;
#endif
#ifdef COUNT
	narrow = __builtin_popcountll(wide);
#endif
#ifdef ALLOCA
	narrow = *(volatile char *)__builtin_alloca(n);
#endif
#ifdef POINTER
	return ((int (*)(void))wide)() + array[0];
#endif
	return array[n & 3];
}

void _start(void)
{
	f(1);
	for (;;)
		;
}

void *memcpy(void *a, const void *b, __SIZE_TYPE__ n)
{
	while (n-- > 0)
		((volatile char *)a)[n] = ((const char *)b)[n];
	return a;
}

void *memset(void *a, int c, __SIZE_TYPE__ n)
{
	while (n-- > 0)
		((volatile char *)a)[n] = (char)c;
	return a;
}

void __stack_chk_fail(void)
{
	for (;;)
		;
}

void __stack_chk_fail_local(void)
{
	for (;;)
		;
}

__UINTPTR_TYPE__ __stack_chk_guard;

void raise(int n)
{
	(void)n;
}

void __aeabi_unwind_cpp_pr0(void)
{
}
