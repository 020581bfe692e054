/*
 * out_sarif.c - SARIF 2.1.0: one run, a result a finding, the chain as its code flow.
 *
 * URIs are relative: to the working directory (SRCROOT), or to / for sources that lie elsewhere.
 * A fingerprint is made of the rule, the label and the function's key, and counts up where one
 * function has several: so it survives other addresses, other lines and other bytes.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

static const char growthrule[] = "GROWTH";

static void uri(struct buf *b, const char *path)
{
	bool absolute = *path == '/';

	while (*path == '/')
		path++;
	buf_str(b, "{\"uri\":\"");
	/* A colon in the first part would look like a scheme: put_uri makes %3A of it. */
	put_uri(b, path);
	buf_fmt(b, "\",\"uriBaseId\":\"%s\"}", absolute ? "HOSTROOT" : "SRCROOT");
}

/* A location object: the source line, or the image, and always function and address. */
static void location(struct buf *b, const struct image *im, const struct func *f, addr a, const char *message)
{
	struct buf file = {0};
	int line = 0;
	bool source = put_source(&file, im, a, &line);

	buf_str(b, "{\"physicalLocation\":{\"artifactLocation\":");
	uri(b, source ? file.p : im->path);
	if (source && line > 0)
		buf_fmt(b, ",\"region\":{\"startLine\":%d}", line);
	buf_fmt(b, ",\"address\":{\"absoluteAddress\":%llu}}", (unsigned long long)(a & INT64_MAX));
	if (f != NULL) {
		buf_str(b, ",\"logicalLocations\":[{\"kind\":\"function\",\"name\":");
		put_json(b, f->name);
		buf_str(b, "}]");
	}
	if (message != NULL) {
		buf_str(b, ",\"message\":{\"text\":");
		put_json(b, message);
		buf_str(b, "}");
	}
	buf_str(b, "}");
	buf_free(&file);
}

static void code_flow(struct buf *b, const struct image *im, const struct chain *c)
{
	unsigned i;

	buf_str(b, ",\n \"codeFlows\":[{\"threadFlows\":[{\"locations\":[");
	for (i = 0; i < c->nsteps; i++) {
		const struct step *s = &c->steps[i];
		struct buf text = {0};

		put_clean(&text, s->f->name);
		buf_str(&text, " uses ");
		put_bytes(&text, s->uses);
		if (s->call > 0)
			buf_fmt(&text, ", call %lld", (long long)s->call);
		if (hasbudget(c->limit) && known(s->uses))
			buf_fmt(&text, ", %lld left", (long long)s->left);
		buf_fmt(b, "%s\n  {\"nestingLevel\":%u,\"importance\":\"%s\",\"location\":", i > 0 ? "," : "", i,
			s->biggest ? "essential" : "important");
		location(b, im, s->f, s->pc, text.p);
		buf_str(b, "}");
		buf_free(&text);
	}
	buf_str(b, "]}]}]");
}

static uint64_t hash(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3;
	return (h ^ 0x1f) * 0x100000001b3;
}

static void result(struct report *p, const struct result *r, const char *rule, int index, const struct func *f, addr pc,
	const struct chain *c, const char *text, bool isknown, unsigned ordinal)
{
	struct buf *b = &p->b, key = {0};
	uint64_t h = 0xcbf29ce484222325;

	if (f != NULL)
		func_key(&key, r->image, f);
	h = hash(hash(hash(h, rule), r->label), buf_text(&key));
	buf_str(b, p->items++ > 0 ? ",\n" : "\n");
	buf_fmt(b, "{\"ruleId\":\"%s\",\"ruleIndex\":%d,\"level\":\"error\",\"kind\":\"fail\",", rule, index);
	if (p->baseline != NULL)
		buf_fmt(b, "\"baselineState\":\"%s\",", isknown ? "unchanged" : "new");
	buf_str(b, "\"message\":{\"text\":");
	put_json_text(b, text);
	buf_str(b, "},\n \"locations\":[");
	location(b, r->image, f, pc, NULL);
	buf_fmt(b, "],\n \"partialFingerprints\":{\"nosplit/v1\":\"%016llx:%u\"}", (unsigned long long)h, ordinal);
	if (c->nsteps > 0)
		code_flow(b, r->image, c);
	buf_str(b, ",\n \"properties\":{\"label\":");
	put_json(b, r->label);
	buf_str(b, ",\"image\":");
	put_json(b, r->image->path);
	buf_str(b, "}}");
	buf_free(&key);
}

static void rule(struct buf *b, const char *id, const char *title, const char *help)
{
	buf_fmt(b, "{\"id\":\"%s\",\"shortDescription\":{\"text\":", id);
	put_json(b, title);
	buf_str(b, "},\"fullDescription\":{\"text\":");
	put_json(b, help);
	buf_str(b, "},\"help\":{\"text\":");
	put_json(b, help);
	buf_str(b, "},\"defaultConfiguration\":{\"level\":\"error\"}}");
}

static void begin(struct report *p)
{
	struct buf *b = &p->b;
	int i;

	buf_str(b, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\n"
		   "\"version\":\"2.1.0\",\n\"runs\":[{\"tool\":{\"driver\":{\"name\":\"nosplit\",\"version\":\"" VERSION "\",\"rules\":[");
	for (i = NS001; i < NRULES; i++) {
		buf_str(b, i > NS001 ? ",\n " : "\n ");
		rule(b, rules[i].id, rules[i].title, rules[i].help);
	}
	buf_str(b, ",\n ");
	rule(b, growthrule, "grew beyond the baseline",
		"The worst chain of a root uses more bytes than the baseline says. Make it smaller, or write the baseline again.");
	buf_str(b, "]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"originalUriBaseIds\":{\"SRCROOT\":{\"description\":{\"text\":"
		   "\"The directory that nosplit was run in.\"}},\"HOSTROOT\":{\"uri\":\"file:///\"}},\n\"results\":[");
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	unsigned *ordinal = finding_ordinals(r);
	size_t i;

	for (i = 0; i < r->nfindings; i++) {
		const struct finding *f = &r->findings[i];
		struct buf text = {0};

		put_clean(&text, f->message);
		if (f->chain.nsteps > 0 || f->hint != NULL)
			buf_str(&text, "\n");
		put_chain(&text, r, &f->chain, PLAIN, false);
		put_advice(&text, f);
		result(p, r, rules[f->rule].id, f->rule - NS001, f->f, finding_pc(f), &f->chain, text.p, f->baselined, ordinal[i]);
		buf_free(&text);
	}
	for (i = 0; d != NULL && i < r->nroots; i++) {
		const struct root *root = &r->roots[i];
		struct buf text = {0};

		if (!grown(&d[i]))
			continue;
		put_growth(&text, root, &d[i]);
		result(p, r, growthrule, NRULES - NS001, root->f, root->f->start, &root->worst, text.p, false, 1);
		buf_free(&text);
	}
	free(ordinal);
}

static void end(struct report *p)
{
	buf_fmt(&p->b, "],\n\"invocations\":[{\"executionSuccessful\":%s}]}]}\n", p->bad == 0 ? "true" : "false");
}

const struct output out_sarif = {"sarif", begin, file, end};
