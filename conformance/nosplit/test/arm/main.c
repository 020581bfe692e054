/*
 * main.c - test of the arm decoder over listings of objdump -d -z (standard input).
 *	decode check		against the text of each instruction
 *	decode show		ops of each instruction, one line
 *	decode text		text of each; looks for stubs everywhere as well
 *	decode speed		MB of code a second of processor time
 *	decode trace LOG [BIAS]	against registers that qemu-arm logged; the image is loaded there
 *	decode constants N	the numbers in N random instructions, which arch.constants has to know
 *	decode veneer ADDRESS	where the stub there goes: "target ADDRESS MODE", "slot ADDRESS", or "none"
 * Exit 0, or 1 if something differs.
 */
#include "listing.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void speed(const struct listing *l, struct decoder *d)
{
	struct insn in;
	size_t bytes = 0, n = 0;
	double start = now(), t;

	do {
		for (size_t i = 0; i < l->n; i++)
			if (l->lines[i].mode >= 0 && listing_decode(l, &l->lines[i], d, &in)) {
				bytes += in.len;
				n++;
			}
		t = now() - start;
	} while (t < 0.5);
	printf("%.1f MB/s, %.1f M instructions/s\n", bytes / t / 1e6, n / t / 1e6);
}

static void lines(const struct listing *l, struct decoder *d, bool text)
{
	struct insn in;
	char buf[2048];

	for (size_t i = 0; i < l->n; i++) {
		const struct line *ln = &l->lines[i];
		bool ok;

		if (ln->mode < 0)
			continue;
		ok = listing_decode(l, ln, d, &in);
		if (text) {
			addr slot, target;
			uint8_t mode;

			arch_arm.text(d, ln->pc, l->bytes + ln->at, ln->left, ln->mode, buf, sizeof buf);
			(void)arch_arm.veneer(d, ln->pc, l->bytes + ln->at, ln->left, ln->mode, &slot, &target, &mode);
		} else if (ok)
			show(&in, buf, sizeof buf);
		printf("%s | %s\n", ln->text, text || ok ? buf : "undecoded");
	}
}

static void veneer(const struct listing *l, struct decoder *d, addr pc)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct line *ln = &l->lines[i];
		addr slot, target;
		uint8_t mode;

		if (ln->pc != pc || ln->mode < 0)
			continue;
		if (!arch_arm.veneer(d, pc, l->bytes + ln->at, ln->left, ln->mode, &slot, &target, &mode))
			puts("none");
		else if (slot != 0)
			printf("slot %llx\n", (unsigned long long)slot);
		else
			printf("target %llx %s\n", (unsigned long long)target, mode == MODE_THUMB ? "t" : "a");
	}
}

static int traced(const struct listing *l, struct decoder *d, const char *path, uint32_t bias)
{
	FILE *f = fopen(path, "r");
	int bad;

	if (f == NULL)
		fatal("%s: cannot be read", path);
	bad = trace(l, d, f, bias);
	fclose(f);
	return bad;
}

int main(int argc, char **argv)
{
	struct decoder *d = arch_arm.open(&arch_arm, false);
	struct listing l = {0};
	const char *what = argc > 1 ? argv[1] : "check";
	int bad = 0;

	if (strcmp(what, "constants") != 0)
		listing_read(&l, stdin);
	if (strcmp(what, "speed") == 0)
		speed(&l, d);
	else if (strcmp(what, "show") == 0 || strcmp(what, "text") == 0)
		lines(&l, d, what[0] == 't');
	else if (strcmp(what, "veneer") == 0)
		veneer(&l, d, strtoul(argc > 2 ? argv[2] : "", NULL, 16));
	else if (strcmp(what, "trace") == 0)
		bad = traced(&l, d, argc > 2 ? argv[2] : "", argc > 3 ? strtoul(argv[3], NULL, 16) : 0);
	else if (strcmp(what, "constants") == 0)
		bad = constants(d, argc > 2 ? strtoul(argv[2], NULL, 10) : 0);
	else
		bad = check(&l, d);
	arch_arm.close(d);
	for (size_t i = 0; i < l.n; i++)
		free(l.lines[i].text);
	free(l.lines);
	free(l.bytes);
	return bad != 0;
}
