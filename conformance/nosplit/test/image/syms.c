/*
 * syms.c - a program without a library, with functions of every kind: aliases, an indirect
 * function, addresses in data, cold parts, init arrays, pointers in read-only memory.
 */
int first(int);
int alias(int) __attribute__((alias("first")));
int __alias(int) __attribute__((alias("first")));
int table_me(int), ro_me(int), unused(int), far(int);
int (*volatile table[])(int) = {table_me, 0};
static int (*const rotable[])(int) = {ro_me, ro_me};
volatile int sink;

static int variant_a(int x) { return x + sink; }
static int variant_b(int x) { return x - sink; }

static int (*choose(void))(int) { return sink ? variant_a : variant_b; }
int chosen(int) __attribute__((ifunc("choose")));

int first(int x) { return x * 3 + sink; }
int table_me(int x) { return x + sink; }
int ro_me(int x) { return x ^ sink; }

__attribute__((cold, noinline)) static void rare(int x) { sink = x; }

__attribute__((noinline)) int whole(int x)
{
	if (__builtin_expect(x > 100, 0)) {
		rare(x);
		rare(x + 1);
		__builtin_trap();
	}
	return first(x) + 1;
}

__attribute__((constructor)) static void begin(void) { sink = 1; }
__attribute__((destructor)) static void finish(void) { sink = 2; }

#ifdef __arm__ /* what its unwind tables refer to */
void __aeabi_unwind_cpp_pr0(void) { }
void __aeabi_unwind_cpp_pr1(void) { }
#endif

void _start(void)
{
	sink = whole(sink) + chosen(sink) + table[0](sink) + rotable[sink & 1](sink) + alias(1) + __alias(2);
	__builtin_trap();
}
