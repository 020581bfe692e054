/*
 * measure.c - what the analyzer finds of every function of an image, one line each, for tests
 * that hold it against something else. Linked with the analyzer's files but main.c.
 *	measure IMAGE
 * Tab-separated on stdout:
 *	N	address	name	own	total	quality	address of the deepest byte	cold part of	why	chain
 *	G	figure	value
 * own and total are bytes below the sp at entry, or "unknown" or "unbounded"; chain is where
 * total is made: the instructions of the calls that lead there, then the deepest one's. Exit 2 and one
 * line on stderr if the image cannot be read.
 */
#include "../nosplit.h"

#include <inttypes.h>

static void bytes(int64_t n)
{
	if (n == UNBOUNDED)
		printf("\tunbounded");
	else if (!known(n))
		printf("\tunknown");
	else
		printf("\t%" PRId64, n);
}

static void figure(const char *name, double value)
{
	printf("G\t%s\t%.6g\n", name, value);
}

int main(int argc, char **argv)
{
	static const char *const quality[] = {"exact", "bound", "unknown"};
	struct request request = {.limit = -1};
	struct image *image;
	struct result *r;
	char err[256];

	if (argc != 2)
		fatal("usage: measure IMAGE");
	image = image_open(argv[1], NULL, 0, err);
	if (image == NULL)
		fatal("%s", err);
	r = analyze(image, &request);
	for (size_t i = 0; i < image->nfuncs; i++) {
		struct func *f = image->funcs[i];
		struct chain c;
		if (f->info == NULL)
			continue;
		c = chain_from(image, f, UNKNOWN - 1);
		if (known(c.used)) /* from the entry on: without the call that comes there */
			c.used -= image->arch->callsize;
		printf("N\t%" PRIx64 "\t%s", f->start, f->name);
		bytes(f->info->quality == Q_UNKNOWN && known(f->info->deepest) ? UNKNOWN : f->info->deepest);
		bytes(c.used);
		printf("\t%s\t%" PRIx64 "\t%s\t%s\t", quality[f->info->quality], f->info->deepestpc, f->whole ? f->whole->name : "-",
		       f->info->why ? f->info->why : "-");
		for (unsigned k = 0; k < c.nsteps; k++)
			printf("%s%" PRIx64, k ? " " : "", c.steps[k].pc);
		putchar('\n');
	}
	figure("functions", r->nfuncs);
	figure("analyzed", r->analyzed);
	figure("exact", r->exact);
	figure("bound", r->bound);
	figure("unknown", r->unknown);
	figure("instructions", r->ninsns);
	figure("undecoded", r->undecoded);
	figure("callsites", r->ncallsites);
	figure("unknownsites", r->nunknownsites);
	figure("dynamicsites", r->ndynamicsites);
	figure("indirect", r->nindirect);
	figure("unresolved", r->nunresolved);
	figure("cfichecked", r->cfichecked);
	figure("cfibad", r->cfibad);
	figure("textbytes", (double)image->textbytes);
	figure("seconds", r->seconds);
	return 0;
}
