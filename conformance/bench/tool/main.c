/* bench [-s] [-n RUNS] [-o JSON] ROWS 'ARCH=IMAGE IMAGE...'...
 *
 * Runs the images of all ports RUNS times, in turns, and prints the figures of ROWS.
 * A port without images is named as one that cannot run here. Exit 0: measured;
 * 1: a program failed, or with -s a figure is not what it must be; 2: bad call.
 */
#include "bench.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct port ports[MaxPorts];
static struct row rows[MaxRows];
static struct figure figures[MaxPorts * MaxRows];

static void parseport(struct port *p, char *text)
{
	char *images = strchr(text, '='), *image;

	if (!images || images == text)
		errx(2, "%s: expected ARCH=IMAGE IMAGE...", text);
	*images++ = 0;
	p->arch = text;
	while ((image = strsep(&images, " ")) != NULL) {
		if (*image == 0)
			continue;
		if (p->nimages == MaxImages)
			errx(2, "%s: more than %d images", text, MaxImages);
		p->image[p->nimages++] = image;
	}
}

static void progress(unsigned long run, unsigned long runs)
{
	if (isatty(2))
		fprintf(stderr, run < runs ? "\rbench: run %lu of %lu" : "\r\033[K", run + 1, runs);
	else if (run < runs)
		fprintf(stderr, "bench: run %lu of %lu\n", run + 1, runs);
}

static void runall(size_t nports, unsigned long runs)
{
	bool any = true;

	for (unsigned long run = 0; run < runs && any; run++) {
		progress(run, runs);
		any = false;
		for (size_t i = 0; i < nports; i++)
			if (ports[i].nimages > 0 && !ports[i].failed)
				any |= runport(&ports[i]);
	}
	progress(runs, runs);
}

/* The number of figures that a port adds at f. */
static size_t report(struct port *p, size_t nrows, unsigned long runs, struct figure *f)
{
	size_t n = 0;

	if (p->nimages == 0 || p->failed) {
		printf("\nlinux/%s: %s\n", p->arch, p->failed ? "not measured: see above" : "not run natively here");
		return 0;
	}
	printhead(p->arch, runs);
	for (size_t i = 0; i < nrows; i++)
		if (makefigure(p, &rows[i], &f[n]))
			printfigure(&f[n++]);
	return n;
}

static _Noreturn void usage(void)
{
	fprintf(stderr, "usage: bench [-s] [-n RUNS] [-o JSON] ROWS 'ARCH=IMAGE IMAGE...'...\n");
	exit(2);
}

int main(int argc, char **argv)
{
	const char *json = NULL;
	unsigned long runs = 9;
	bool strict = false, failed = false;
	size_t nports = 0, nrows, n = 0, missed = 0;
	int opt;

	while ((opt = getopt(argc, argv, "sn:o:")) != -1) {
		char *end;
		switch (opt) {
		case 's':
			strict = true;
			break;
		case 'n':
			runs = strtoul(optarg, &end, 10);
			if (*end || runs < 7 || runs > MaxRuns)
				errx(2, "-n %s: expected 7 to %d runs", optarg, MaxRuns);
			break;
		case 'o':
			json = optarg;
			break;
		default:
			usage();
		}
	}
	if (argc - optind < 2)
		usage();
	nrows = readrows(argv[optind++], rows);
	for (; optind < argc; optind++) {
		if (nports == MaxPorts)
			errx(2, "more than %d ports", MaxPorts);
		parseport(&ports[nports++], argv[optind]);
	}
	runall(nports, runs);
	for (size_t i = 0; i < nports; i++) {
		n += report(&ports[i], nrows, runs, &figures[n]);
		failed = failed || ports[i].failed;
	}
	for (size_t i = 0; i < n; i++)
		missed += figures[i].missed;
	if (missed)
		printf("\n%zu of %zu figures MISSED\n", missed, n);
	if (json)
		writejson(json, figures, n);
	return failed || (strict && missed);
}
