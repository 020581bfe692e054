/* Signals of the BSDs: their numbers, masks, frames on the image's stack, and back. */
#include "bsd.h"

#include "frames.h"

enum { SigBlock = 1, SigUnblock, SigSetmask, Onstack = 1, Disable = 4 };

struct action actions[NSIG];

/* What a handler's frame has behind the context: the state of the FPU as Linux saved it. */
enum { InfoSize = 128 };

static const uint8_t numbers[][2] = { /* Linux, BSD */
	{ 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 4 }, { 5, 5 }, { 6, 6 }, { 7, 10 }, { 8, 8 }, { 9, 9 }, { 10, 30 }, { 11, 11 },
	{ 12, 31 }, { 13, 13 }, { 14, 14 }, { 15, 15 }, { 17, 20 }, { 18, 19 }, { 19, 17 }, { 20, 18 }, { 21, 21 },
	{ 22, 22 }, { 23, 16 }, { 24, 24 }, { 25, 25 }, { 26, 26 }, { 27, 27 }, { 28, 28 }, { 29, 23 }, { 31, 12 },
};

int32_t bsdsignal(int32_t sig)
{
	for (uint32_t i = 0; i < nelem(numbers); i++)
		if (numbers[i][0] == sig)
			return numbers[i][1];
	return 0;
}

int32_t linuxsignal(uintptr_t sig)
{
	for (uint32_t i = 0; i < nelem(numbers); i++)
		if (numbers[i][1] == sig)
			return numbers[i][0];
	return 0;
}

void maskfrom(uint32_t *lin, const uint32_t *mask, uint32_t words)
{
	(void)words;
	lin[0] = lin[1] = 0;
	for (uint32_t i = 0; i < nelem(numbers); i++)
		if (mask[0] >> (numbers[i][1] - 1) & 1)
			lin[0] |= 1u << (numbers[i][0] - 1);
}

void maskto(uint32_t *mask, const uint32_t *lin, uint32_t words)
{
	for (uint32_t i = 0; i < words; i++)
		mask[i] = 0;
	for (uint32_t i = 0; i < nelem(numbers); i++)
		if (lin[0] >> (numbers[i][0] - 1) & 1)
			mask[0] |= 1u << (numbers[i][1] - 1);
}

static bool onaltstack(struct thread *t, uintptr_t sp)
{
	return sp - t->altsp < t->altsize;
}

static void fatal(int32_t sig)
{
	say("personality: killed by signal ");
	saynumber((uint64_t)bsdsignal(sig));
	say("\n");
	sys(__NR_exit_group, 128 + sig);
}

/* The frame, from sp up: return address, pointer to the context (386: the arguments),
 * signal information, context, the FPU's state. */
void bsddeliver(struct thread *t, struct context *c, const struct note *n)
{
	const struct layout *l = bsd->layout;
	int32_t sig = bsdsignal(n->sig);
	struct action a = actions[sig > 0 && sig < NSIG ? sig : 0];
	char frame[InfoSize + 1024 + FpSize];
	int32_t *info = (int32_t *)frame;
	char *context = frame + InfoSize, *fp = context + ((l->size + 15) & ~15);
	uintptr_t sp = SP(c), where, ret;
	uint32_t mask[4], lin[2];

	if (sig == 0 || a.handler == 1 || (a.handler == 0 && ignorable(n->sig)))
		return;
	if (a.handler == 0)
		fatal(n->sig);
	if (a.flags & SaOnstack && t->altsize && !onaltstack(t, sp))
		sp = t->altsp + t->altsize;
	else
		sp -= RedZone;
	memset(frame, 0, sizeof frame);
	info[0] = sig;
	info[InfoCode] = n->code;
	*(uintptr_t *)((char *)info + (bsd->infoaddr ? bsd->infoaddr : InfoAddr)) = n->addr;
	for (uint32_t i = 0; i < l->npairs; i++)
		*(uintptr_t *)(context + l->pairs[i].image) = *(uintptr_t *)((char *)c + l->pairs[i].host);
	maskto(mask, t->mask, l->maskwords);
	memcpy(context + l->mask, mask, l->maskwords * 4);
	if (fpstate(c))
		memcpy(fp, fpstate(c), FpSize);
	where = (sp - sizeof frame) & ~(uintptr_t)15;
	ret = a.trampoline ? a.trampoline : SigcodePage;
	if (bsd->pointer)
		*(uintptr_t *)(context + bsd->pointer) = where + InfoSize + bsd->target;
	if (!put(where, frame, sizeof frame))
		fatal(LSIGILL); /* no stack for it */
	if (bsd->enter) {
		if (!bsd->enter(c, where, &a, sig, where, where + InfoSize))
			fatal(LSIGILL);
	} else {
		sp = entryframe(where, ret, (uintptr_t)sig, where, where + InfoSize);
		if (!sp)
			fatal(LSIGILL);
		entercall(c, a.handler, sp, (uintptr_t)sig, where, where + InfoSize);
		handlerregs(c, ret, where + InfoSize);
	}
	maskfrom(lin, a.mask, l->maskwords);
	for (uint32_t i = 0; i < 2; i++)
		lin[i] |= t->mask[i];
	if (!(a.flags & SaNodefer))
		lin[(n->sig - 1) / 32] |= 1u << (n->sig - 1) % 32;
	setmask(t, c, lin);
}

/* The context that a handler got, or one like it. */
CALL(b_sigreturn)
{
	const struct layout *l = bsd->layout;
	struct context *c = t->service;
	char context[1024];
	uint32_t lin[2];

	if (!get(context, a[0], l->size))
		return -EFAULT;
	if (bsd->pointer && *(uintptr_t *)(context + bsd->pointer) != a[0] + bsd->target)
		return -EINVAL; /* a kernel would follow it */
	for (uint32_t i = 0; i < l->npairs; i++)
		*(uintptr_t *)((char *)c + l->pairs[i].host) = *(uintptr_t *)(context + l->pairs[i].image);
	sanitize(c);
	if (fpstate(c) && get(fpstate(c), a[0] + ((l->size + 15) & ~(uintptr_t)15), FpSize))
		fpwritten(c);
	maskfrom(lin, (uint32_t *)(context + l->mask), l->maskwords);
	setmask(t, c, lin);
	return NoResult;
}

CALL(b_sigprocmask)
{
	uint32_t words = bsd->layout->maskwords, mask[4], lin[2], now[2] = { t->mask[0], t->mask[1] };

	if (a[2]) {
		maskto(mask, t->mask, words);
		if (!put(a[2], mask, words * 4))
			return -EFAULT;
	}
	if (!a[1])
		return 0;
	if (!get(mask, a[1], words * 4))
		return -EFAULT;
	maskfrom(lin, mask, words);
	if (!applymask(now, lin, a[0]))
		return -EINVAL;
	setmask(t, t->service, now);
	return 0;
}

bool applymask(uint32_t *now, const uint32_t *mask, uintptr_t how)
{
	for (uint32_t i = 0; i < 2; i++) {
		if (how == SigBlock)
			now[i] |= mask[i];
		else if (how == SigUnblock)
			now[i] &= ~mask[i];
		else if (how == SigSetmask)
			now[i] = mask[i];
		else
			return false;
	}
	return true;
}

/* stack_t: address, size, flags */
CALL(b_sigaltstack)
{
	uintptr_t s[3] = { t->altsp, t->altsize, onaltstack(t, SP(t->service)) ? Onstack : t->altsize ? 0 : Disable };

	if (a[1] && !put(a[1], s, sizeof s))
		return -EFAULT;
	if (!a[0])
		return 0;
	if (onaltstack(t, SP(t->service)))
		return -1; /* EPERM */
	if (!get(s, a[0], sizeof s))
		return -EFAULT;
	if ((uint32_t)s[2] & ~(uint32_t)Disable)
		return -EINVAL;
	t->altsp = s[0];
	t->altsize = (uint32_t)s[2] & Disable ? 0 : s[1];
	return t->altsize && t->altsize < (bsd->minstack ? bsd->minstack : 2048) ? -ENOMEM : 0;
}

/* struct itimerval: interval, first */
CALL(b_setitimer)
{
	enum { PROF = 2 };
	long tv[4];

	(void)t;
	if (a[0] > PROF)
		return -EINVAL;
	for (uint32_t i = 0; i < 2; i++) {
		uintptr_t at = a[1] + i * bsd->timeval;
		int32_t part;
		if (!get(&tv[2 * i], at, sizeof *tv) || !get(&part, at + (bsd->time64 ? 8 : sizeof(long)), sizeof part))
			return -EFAULT;
		if (part < 0 || part >= 1000000)
			return -EINVAL;
		tv[2 * i + 1] = part;
	}
	return sys(__NR_setitimer, a[0], tv, 0);
}

/* What sigaction(2) of each OS does, whose structures differ. */
intptr_t setaction(uintptr_t sig, struct action a)
{
	int32_t lin = linuxsignal(sig);

	if (lin == 0 || sig == 9 || sig == 17) /* KILL, STOP */
		return -EINVAL;
	actions[sig] = a;
	listen(lin, a.handler > 1 || (a.handler == 0 && !ignorable(lin)));
	return 0;
}

void getaction(uintptr_t sig, uintptr_t *handler, uint32_t *flags, uint32_t *mask)
{
	struct action *a = &actions[sig < NSIG ? sig : 0];

	*handler = a->handler;
	*flags = a->flags;
	memcpy(mask, a->mask, bsd->layout->maskwords * sizeof *mask);
}

intptr_t killthread(uintptr_t id, uintptr_t sig)
{
	struct thread *to = findthread((uint32_t)id);

	if (!to)
		return -3; /* ESRCH */
	if (!linuxsignal(sig))
		return -EINVAL;
	return sys(__NR_tgkill, sys(__NR_getpid), to->tid, linuxsignal(sig));
}

/* The kernel's own trampoline, of a number that the OS has. */
static void sigcode(void)
{
	enum { READ_WRITE = 3, PRIVATE_FIXED_ANONYMOUS = 0x32 };
	uint32_t number = SIGCODE_NUMBER(bsd->sigreturn + bsd->number0);

	if (sys(MMAP, SigcodePage, PageSize, READ_WRITE, PRIVATE_FIXED_ANONYMOUS, -1, 0) != SigcodePage)
		die("host", "no page for the signal trampoline");
	memcpy((void *)SigcodePage, sigcode_begin, (uintptr_t)(sigcode_end - sigcode_begin));
	memcpy((char *)SigcodePage + (sigcode_number - sigcode_begin), &number, sizeof number);
	sys(__NR_mprotect, SigcodePage, PageSize, 5);
}

void bsdinit(struct thread *t, struct context *c, uintptr_t stack, const struct bsd *what)
{
	static const uint32_t none[2];

	bsd = what;
	if (bsd->sigreturn)
		sigcode();
	entercall(c, image.entry, stack, 0, 0, 0);
	setmask(t, c, none);
}
