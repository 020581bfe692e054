/*
 * main.c - nosplit: opens, analyzes, and hands what was found to an output.
 *
 * Results are shown and freed file by file, so memory does not grow with their number. Exit
 * status: 0 clean, 1 findings or growth, 2 bad usage or input. A file that cannot be read does
 * not hide the findings of the others.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

static const struct output *const outputs[] = {&out_text, &out_json, &out_sarif, &out_junit, &out_dot, &out_html, &out_markdown, &out_github};

static const struct output *output_named(const char *name)
{
	size_t i;

	for (i = 0; i < nelem(outputs); i++)
		if (strcmp(outputs[i]->name, name) == 0)
			return outputs[i];
	fatal("--format %s: no such format", name);
}

static struct image *try_open(const char *path)
{
	char err[256] = "";
	struct image *im = image_open(path, NULL, 0, err);
	struct buf b = {0};

	if (im != NULL)
		return im;
	put_clean(&b, path);
	buf_str(&b, ": ");
	put_clean(&b, err);
	fflush(stdout);
	fprintf(stderr, "nosplit: %s\n", b.p);
	buf_free(&b);
	return NULL;
}

static struct image *must_open(const char *path)
{
	struct image *im = try_open(path);

	if (im == NULL)
		exit(EXIT_USAGE);
	return im;
}

/* The figures of functions are the engine's, the functions the image's. */
static void release(struct image *im)
{
	size_t i;

	for (i = 0; i < im->nfuncs; i++) {
		struct info *info = im->funcs[i]->info;

		if (info == NULL)
			continue;
		free(info->sites);
		free(info->cfi);
		free(info->chosen);
		free(info);
	}
	assume_free(im);
	keys_free(im);
	image_close(im);
}

/* Without --label a file goes by its name: where it lies is no part of a baseline. */
static struct result *analyzed(struct image *im, const struct options *o)
{
	struct request request = o->request;
	const char *slash = strrchr(im->path, '/');

	if (request.label == NULL)
		request.label = slash != NULL && slash[1] != 0 ? slash + 1 : im->path;
	return analyze(im, &request);
}

static void one_file(struct report *p, const struct options *o, const struct output *out, struct image *im)
{
	struct result *r = analyzed(im, o);
	struct delta *d = NULL;
	size_t i;

	r->nnew = r->nfindings;
	if (p->baseline != NULL)
		d = baseline_apply(p->baseline, r);
	p->findings += r->nnew;
	p->known += r->nfindings - r->nnew;
	for (i = 0; d != NULL && i < r->nroots; i++)
		p->grew += grown(&d[i]);
	out->file(p, r, d);
	p->files++;
	/* What a person or a log reads comes as soon as it is known. */
	if (o->out == NULL && (out == &out_text || out == &out_github)) {
		buf_write(&p->b, NULL);
		buf_free(&p->b);
	}
	free(d);
	result_free(r);
}

static int check_or_report(struct report *p, const struct options *o)
{
	const struct output *out = output_named(o->format);
	struct figures baseline = {0};
	int i;

	if (o->baseline != NULL) {
		baseline_read(&baseline, o->baseline);
		p->baseline = &baseline;
	}
	if (out->begin != NULL)
		out->begin(p);
	for (i = 0; i < o->nfiles; i++) {
		struct image *im = try_open(o->files[i]);

		if (im == NULL) {
			p->bad++;
			continue;
		}
		one_file(p, o, out, im);
		release(im);
	}
	if (out->end != NULL)
		out->end(p);
	buf_write(&p->b, o->out);
	figures_free(&baseline);
	if (p->bad > 0)
		return EXIT_USAGE;
	return p->verb == CHECK && p->findings + p->grew > 0 ? EXIT_FINDINGS : 0;
}

static int write_baseline(struct report *p, const struct options *o)
{
	struct figures v = {0};
	int i;

	for (i = 0; i < o->nfiles; i++) {
		struct image *im = must_open(o->files[i]);
		struct result *r = analyzed(im, o);

		figures_add(&v, r, r->label);
		result_free(r);
		release(im);
	}
	baseline_format(&p->b, &v);
	buf_write(&p->b, o->writebaseline);
	figures_free(&v);
	return 0;
}

static int run_why(struct report *p, const struct options *o)
{
	struct image *im = must_open(o->files[0]);
	struct result *r = analyzed(im, o);
	char err[256];
	struct func *f = func_named(im, o->function, err);

	if (f == NULL) {
		struct buf b = {0};

		put_clean(&b, o->files[0]);
		fatal("%s: %s", b.p, err);
	}
	if (f->info == NULL)
		analyze_more(im, f);
	why(p, r, f, o->format);
	buf_write(&p->b, o->out);
	result_free(r);
	release(im);
	return 0;
}

static int run_diff(struct report *p, const struct options *o)
{
	struct image *a = must_open(o->files[0]), *b = must_open(o->files[1]);
	struct result *old = analyzed(a, o), *new = analyzed(b, o);
	bool grew = diff(p, old, new, o->format);

	buf_write(&p->b, o->out);
	result_free(old);
	result_free(new);
	release(a);
	release(b);
	return grew ? EXIT_FINDINGS : 0;
}

int main(int argc, char **argv)
{
	struct report p = {0};
	struct options o;
	int status;

	options_parse(&o, argc, argv);
	p.verb = o.verb;
	p.paint = o.paint;
	if (o.writebaseline != NULL)
		status = write_baseline(&p, &o);
	else if (o.verb == WHY)
		status = run_why(&p, &o);
	else if (o.verb == DIFF)
		status = run_diff(&p, &o);
	else
		status = check_or_report(&p, &o);
	buf_free(&p.b);
	free(o.request.roots);
	return status;
}
