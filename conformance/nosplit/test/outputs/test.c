/*
 * test.c - shows a made-up result through one output, for outputs.sh to look at.
 *
 *	outputs show VERB FORMAT CASE [BASELINE-CASE]	check, report or why
 *	outputs diff FORMAT				of the cases old and new
 *	outputs baseline CASE				what --write-baseline writes
 *	outputs json FILE				exit 1 and a line if it is none
 *
 * Colour is on if COLOR is in the environment.
 */
#include "fake.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct output *const outputs[] = {&out_text, &out_json, &out_sarif, &out_junit, &out_dot, &out_html, &out_markdown, &out_github};

static int show(const char *verb, const char *format, const char *name, const char *known)
{
	struct report p = {.verb = strcmp(verb, "report") == 0 ? REPORT : CHECK, .paint = getenv("COLOR") != NULL ? COLOR : PLAIN};
	const struct output *out = NULL;
	struct figures baseline = {0};
	struct delta *d = NULL;
	struct result *r;
	size_t i;

	for (i = 0; i < nelem(outputs); i++)
		if (strcmp(outputs[i]->name, format) == 0)
			out = outputs[i];
	if (known != NULL) { /* through a file, as a user does */
		char path[] = "baseline.XXXXXX";
		struct buf b = {0};
		int fd = mkstemp(path);

		r = fake(known);
		figures_add(&baseline, r, r->label);
		baseline_format(&b, &baseline);
		figures_free(&baseline);
		buf_write(&b, path);
		baseline_read(&baseline, path);
		buf_free(&b);
		close(fd);
		unlink(path);
		p.baseline = &baseline;
	}
	r = fake(name);
	if (r == NULL || (out == NULL && strcmp(verb, "why") != 0))
		fatal("no case %s or no format %s", name, format);
	if (strcmp(verb, "why") == 0) {
		why(&p, r, r->image->funcs[1], format);
	} else {
		if (known != NULL)
			d = baseline_apply(&baseline, r);
		for (i = 0; d != NULL && i < r->nroots; i++)
			p.grew += grown(&d[i]);
		p.findings = r->nnew;
		p.known = r->nfindings - r->nnew;
		if (out->begin != NULL)
			out->begin(&p);
		out->file(&p, r, d);
		p.files++;
		if (out->end != NULL)
			out->end(&p);
	}
	buf_write(&p.b, NULL);
	buf_free(&p.b);
	figures_free(&baseline);
	free(d);
	return 0;
}

static int json(const char *path)
{
	struct buf b = {0};
	size_t at;
	bool good;

	buf_read(&b, path, "a test's output", 64 << 20);
	good = json_valid(b.p, b.n, &at);
	if (!good)
		printf("%s: no JSON from byte %zu on: %.40s\n", path, at, b.p + at);
	buf_free(&b);
	return !good;
}

int main(int argc, char **argv)
{
	if (argc >= 5 && argc <= 6 && strcmp(argv[1], "show") == 0)
		return show(argv[2], argv[3], argv[4], argv[5]);
	if (argc == 3 && strcmp(argv[1], "json") == 0)
		return json(argv[2]);
	if (argc == 3 && strcmp(argv[1], "baseline") == 0) {
		struct figures v = {0};
		struct result *r = fake(argv[2]);
		struct buf b = {0};

		figures_add(&v, r, r->label);
		baseline_format(&b, &v);
		buf_write(&b, NULL);
		buf_free(&b);
		figures_free(&v);
		return 0;
	}
	if (argc == 3 && strcmp(argv[1], "diff") == 0) {
		struct report p = {0};
		/* One image at a time: the second keeps its functions, the first is only figures. */
		struct result *old = fake("old"), *new = fake("new");
		bool grew = diff(&p, old, new, argv[2]);

		buf_write(&p.b, NULL);
		buf_free(&p.b);
		return grew;
	}
	fatal("usage: outputs show VERB FORMAT CASE [CASE] | diff FORMAT | baseline CASE | json FILE");
}
