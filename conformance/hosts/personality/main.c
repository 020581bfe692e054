/* personality OS [--hostile] [--old] [--threads N] [--memory N] [--hz N] [--seed N] IMAGE ARGUMENTS...
 * Exit status: the image's; 125 if the host itself cannot go on. */
#include "host.h"

struct mode mode;
char **hostargv, **hostenvp;
const struct model *model;

void *memset(void *p, int c, size_t n)
{
	for (char *q = p; n > 0; n--)
		*q++ = (char)c;
	return p;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	char *d = to;

	for (const char *s = from; n > 0; n--)
		*d++ = *s++;
	return to;
}

void say(const char *s)
{
	uintptr_t n = 0;

	while (s[n])
		n++;
	sys(__NR_write, 2, s, n);
}

void saynumber(uint64_t n)
{
	char buf[24], *p = buf + sizeof buf;

	*--p = 0;
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	say(p);
}

void die(const char *what, const char *why)
{
	say("personality: ");
	say(what);
	say(": ");
	say(why);
	say("\n");
	for (;;)
		sys(__NR_exit_group, 125);
}

bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

void *pages(uintptr_t n)
{
	enum { READ_WRITE = 3, PRIVATE_ANONYMOUS = 0x22 };
	intptr_t p;

	if (mode.pool) {
		char *q = __atomic_fetch_add(&mode.pool, (n + PageSize - 1) & ~(uintptr_t)(PageSize - 1), __ATOMIC_RELAXED);
		return (intptr_t)n <= mode.poolend - q ? q : 0;
	}
	p = sys(MMAP, 0, n, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);

	return p < 0 && p > -4096 ? 0 : (void *)p;
}

static uint64_t number(const char *s, const char *option)
{
	uint64_t n = 0;

	if (!s || !*s)
		die(option, "expected a number");
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			die(option, "expected a number");
		n = n * 10 + (uint64_t)(*s - '0');
	}
	return n;
}

/* The image's environment tells its tests. */
static char **withhostile(char **envp)
{
	static char hostile[] = "HOSTILE=1", *e[512];
	uint32_t n = 0;

	while (envp[n] && n < nelem(e) - 2) {
		e[n] = envp[n];
		n++;
	}
	e[n] = hostile;
	return e;
}

static char **options(char **p)
{
	for (; *p && (*p)[0] == '-'; p++) {
		if (same(*p, "--hostile"))
			mode.hostile = true;
		else if (same(*p, "--old"))
			mode.old = true;
		else if (same(*p, "--threads"))
			mode.threads = (uint32_t)number(*++p, "--threads");
		else if (same(*p, "--memory"))
			mode.memory = number(*++p, "--memory");
		else if (same(*p, "--hz"))
			mode.hz = (uint32_t)number(*++p, "--hz");
		else if (same(*p, "--seed"))
			mode.seed = number(*++p, "--seed");
		else
			die(*p, "no such option: expected --hostile, --old, --threads N, --memory N, --hz N, --seed N");
	}
	return p;
}

/* The stack of the kernel is the host's: the image gets another one. */
NORETURN void hostmain(uintptr_t *sp);
void hostmain(uintptr_t *sp)
{
	static const struct model *const models[] = { MODELS };
	char **argv = (char **)(sp + 1), **envp = argv + sp[0] + 1, **p = argv + 1;
	struct thread *t;

	for (uint32_t i = 0; *p && i < nelem(models); i++)
		if (same(*p, models[i]->name))
			model = models[i];
	if (!model)
		die(*p ? *p : "usage", "expected an OS that there is a model of, options, an image");
	p = options(p + 1);
	if (!*p)
		die("usage", "no image");
	machineinit(envp);
	hostargv = argv;
	hostenvp = envp;
	if (mode.hostile) {
		if (mode.seed == 0)
			mode.seed = (uint64_t)clocknow(Realtime) | 1;
		say("# hostile: --seed ");
		saynumber(mode.seed);
		say("\n");
	}
	model->load(*p);
	envp = mode.hostile ? withhostile(envp) : envp;
	dispatchinit();
	t = firstthread();
	t->startarg[0] = startstack(p, envp);
	begin(t);
}
