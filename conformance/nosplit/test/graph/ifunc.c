/* ifunc.c - functions that are chosen when the program is loaded. */
#define NOINLINE __attribute__((noinline, noclone))
#define END __asm__ volatile("" ::: "memory")

int which;
void (*other)(void);

NOINLINE static void deep(void)
{
	volatile char a[1000];

	a[0] = 1;
	a[999] = 2;
	END;
}

static void large(void)
{
	deep();
	END;
}

static void small(void)
{
	END;
}

static void none(void)
{
}

/* One of constants. */
__attribute__((used)) static void (*choose(void))(void)
{
	return which ? small : large;
}

__attribute__((used)) static void (*choose3(void))(void)
{
	if (which > 7)
		return none;
	if (which > 3)
		return small;
	return which ? large : none;
}

/* Or what nobody knows. */
__attribute__((used)) static void (*choose_other(void))(void)
{
	return which ? small : other;
}

void chosen(void) __attribute__((ifunc("choose")));
void chosen3(void) __attribute__((ifunc("choose3")));
void chosen_other(void) __attribute__((ifunc("choose_other")));

NOINLINE void use(void)
{
	chosen();
	END;
}

NOINLINE void use3(void)
{
	chosen3();
	END;
}

NOINLINE void use_other(void)
{
	chosen_other();
	END;
}

void _start(void)
{
	use();
	use3();
	use_other();
	for (;;)
		;
}
