/*
 * out_json.c - JSON, schema 1. A number of bytes that is not known is null, and "quality" says
 * whether it is unknown or unbounded. Addresses are strings: they do not fit every reader's numbers.
 */
#include "user.h"

#include <string.h>

void json_bytes(struct buf *b, int64_t n)
{
	if (known(n))
		buf_fmt(b, "%lld", (long long)n);
	else
		buf_str(b, "null");
}

void json_place(struct buf *b, const struct image *im, addr a)
{
	struct buf file = {0};
	int line = 0;

	buf_fmt(b, "\"address\":\"0x%llx\"", (unsigned long long)a);
	if (put_source(&file, im, a, &line)) {
		buf_str(b, ",\"file\":");
		put_json(b, file.p);
		buf_fmt(b, ",\"line\":%d", line);
	}
	buf_free(&file);
}

void json_chain(struct buf *b, const struct image *im, const struct chain *c)
{
	unsigned i;

	buf_str(b, "{\"limit\":");
	if (hasbudget(c->limit))
		buf_fmt(b, "%lld", (long long)c->limit);
	else
		buf_str(b, "null");
	buf_str(b, ",\"used\":");
	json_bytes(b, c->used);
	if (c->used == UNKNOWN)
		buf_fmt(b, ",\"atleast\":%lld", (long long)c->atleast);
	buf_fmt(b, ",\"quality\":\"%s\",\"cfi\":{\"compared\":%u,\"disagree\":%u},\"steps\":[", quality_word(c), c->cfichecked, c->cfibad);
	for (i = 0; i < c->nsteps; i++) {
		const struct step *s = &c->steps[i];
		struct buf insn = {0};

		buf_str(b, i > 0 ? ",\n  {" : "\n  {");
		buf_str(b, "\"function\":");
		put_json(b, s->f->name);
		buf_str(b, ",\"uses\":");
		json_bytes(b, s->uses);
		buf_str(b, ",\"call\":");
		json_bytes(b, s->call);
		buf_str(b, ",\"left\":");
		json_bytes(b, hasbudget(c->limit) && known(s->uses) ? s->left : UNKNOWN);
		buf_fmt(b, ",\"split\":%s,\"largest\":%s,", s->split ? "true" : "false", s->biggest ? "true" : "false");
		json_place(b, im, s->pc);
		if (put_insn(&insn, im, s->pc)) {
			buf_str(b, ",\"instruction\":");
			put_json(b, insn.p);
		}
		buf_free(&insn);
		buf_str(b, "}");
	}
	buf_str(b, "]}");
}

static void json_root(struct buf *b, const struct result *r, const struct root *root, const struct delta *d)
{
	struct buf key = {0};

	func_key(&key, r->image, root->f);
	buf_str(b, "{\"function\":");
	put_json(b, root->f->name);
	buf_str(b, ",\"key\":");
	put_json(b, key.p);
	buf_str(b, ",\"kind\":");
	put_json(b, kind_word(root->f));
	buf_str(b, ",");
	json_place(b, r->image, root->f->start);
	if (d != NULL) {
		buf_fmt(b, ",\"change\":\"%s\",\"old\":", change_word[d->change]);
		json_bytes(b, d->change == APPEARED ? UNKNOWN : d->old);
	}
	buf_str(b, ",\"worst\":");
	json_chain(b, r->image, &root->worst);
	buf_str(b, "}");
	buf_free(&key);
}

static void json_finding(struct buf *b, const struct result *r, const struct finding *f)
{
	buf_fmt(b, "{\"rule\":\"%s\",\"known\":%s,\"function\":", rules[f->rule].id, f->baselined ? "true" : "false");
	if (f->f != NULL)
		put_json(b, f->f->name);
	else
		buf_str(b, "null");
	buf_str(b, ",");
	json_place(b, r->image, finding_pc(f));
	buf_str(b, ",\"message\":");
	put_json(b, f->message);
	if (f->chain.nsteps > 0) {
		buf_str(b, ",\"chain\":");
		json_chain(b, r->image, &f->chain);
	}
	if (f->shrink != NULL && f->shrinkby > 0) {
		buf_str(b, ",\"shrink\":{\"function\":");
		put_json(b, f->shrink->name);
		buf_fmt(b, ",\"by\":%lld,\"fixes\":%u}", (long long)f->shrinkby, f->fixes);
	}
	if (f->hint != NULL) {
		buf_str(b, ",\"hint\":");
		put_json(b, f->hint);
	}
	buf_str(b, "}");
}

static void figures(struct buf *b, const struct result *r)
{
	const char *comma = "";
	const struct func *f;
	size_t i = 0;

	buf_fmt(b, "{\"functions\":%u,\"analyzed\":%u,\"exact\":%u,\"bound\":%u,\"unknown\":%u,\"instructions\":%u,\"undecoded\":%u",
		r->nfuncs, r->analyzed, r->exact, r->bound, r->unknown, r->ninsns, r->undecoded);
	buf_fmt(b, ",\"callsites\":%u,\"unknownsites\":%u,\"dynamicsites\":%u,\"indirect\":%u,\"unresolved\":%u", r->ncallsites,
		r->nunknownsites, r->ndynamicsites, r->nindirect, r->nunresolved);
	buf_fmt(b, ",\"textbytes\":%llu,\"seconds\":%.6f", (unsigned long long)r->image->textbytes, r->seconds);
	buf_fmt(b, ",\"cfi\":{\"compared\":%u,\"disagree\":%u,\"functions\":[", r->cfichecked, r->cfibad);
	while ((f = odd_next(r, &i)) != NULL) {
		const struct disagreement *d = &f->info->cfi[0];

		buf_str(b, comma);
		buf_str(b, "{\"function\":");
		put_json(b, f->name);
		buf_str(b, ",");
		json_place(b, r->image, d->pc);
		buf_fmt(b, ",\"expected\":%lld,\"found\":%lld,\"places\":%u}", (long long)d->expected, (long long)d->found, f->info->ncfi);
		comma = ",";
	}
	buf_str(b, "]}}"); /* the list last: it may be long */
}

static void begin(struct report *p)
{
	buf_fmt(&p->b, "{\"schema\":1,\"tool\":\"nosplit\",\"verb\":\"%s\",\"files\":[", p->verb == REPORT ? "report" : "check");
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	struct buf *b = &p->b;
	size_t i;

	buf_str(b, p->files > 0 ? ",\n{\"file\":" : "\n{\"file\":");
	put_json(b, r->image->path);
	buf_str(b, ",\"label\":");
	put_json(b, r->label);
	buf_str(b, ",\"arch\":");
	put_json(b, r->image->arch->name);
	buf_str(b, ",\"limit\":");
	if (hasbudget(r->limit))
		buf_fmt(b, "%lld", (long long)r->limit);
	else
		buf_str(b, "null");
	buf_str(b, ",\n \"figures\":");
	figures(b, r);
	buf_str(b, ",\n \"roots\":[");
	for (i = 0; i < r->nroots; i++) {
		buf_str(b, i > 0 ? ",\n " : "\n ");
		json_root(b, r, &r->roots[i], d != NULL ? &d[i] : NULL);
	}
	buf_str(b, "],\n \"findings\":[");
	for (i = 0; i < r->nfindings; i++) {
		buf_str(b, i > 0 ? ",\n " : "\n ");
		json_finding(b, r, &r->findings[i]);
	}
	buf_str(b, "]}");
}

static void end(struct report *p)
{
	buf_fmt(&p->b, "],\n\"summary\":{\"files\":%u,\"unreadable\":%u,\"findings\":%zu,\"known\":%zu,\"grew\":%zu}}\n", p->files, p->bad,
		p->findings, p->known, p->grew);
}

const struct output out_json = {"json", begin, file, end};
