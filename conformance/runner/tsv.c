/*
 * tsv.c - strict reading of the tab-separated input files.
 *
 * '#' comments and blank lines are skipped. Everything else must have the expected number of
 * columns, none empty, in printable UTF-8; if not, the program ends with file and line.
 */
#include "runner.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void tsv_open(struct tsv *t, const char *name)
{
	struct buf b = {0};
	char block[65536];
	ssize_t n;
	int fd;

	do
		fd = open(name, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		die("cannot open %s: %s: give the path of an existing file", name, strerror(errno));
	for (;;) {
		n = read(fd, block, sizeof block);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die("cannot read %s: %s: give the path of a file", name, strerror(errno));
		if (n == 0)
			break;
		buf_add(&b, block, (size_t)n);
	}
	close(fd);
	*t = (struct tsv){.name = name};
	t->at = mem(b.n + 1);
	t->end = t->at + b.n;
	if (b.n > 0)
		memcpy(t->at, b.p, b.n);
	buf_free(&b);
}

static void check_bytes(const struct tsv *t, const char *p, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = utf8_len(p + i, n - i);
		if (len == 0 && p[i] == '\r')
			die_at(t->name, t->line,
				"expected lines that end in LF, found CR: convert the file");
		if (len == 0)
			die_at(t->name, t->line,
				"expected printable UTF-8, found byte 0x%02x in column %zu: remove "
				"it",
				(unsigned char)p[i], i + 1);
	}
}

bool tsv_next(struct tsv *t, int columns, const char *names)
{
	while (t->at < t->end) {
		char *p = t->at, *nl = memchr(p, '\n', (size_t)(t->end - p));
		size_t n = (size_t)((nl ? nl : t->end) - p);
		int found = 0;

		t->line++;
		t->at = nl ? nl + 1 : t->end;
		check_bytes(t, p, n);
		p[n] = 0;
		if (p[0] == '#' || p[strspn(p, " \t")] == 0)
			continue;
		for (;;) {
			char *tab = strchr(p, '\t');

			if (found < columns)
				t->f[found] = p;
			found++;
			if (tab == NULL)
				break;
			*tab = 0;
			p = tab + 1;
		}
		if (found != columns)
			die_at(t->name, t->line,
				"expected %d columns separated by tabs (%s), found %d", columns,
				names, found);
		while (found-- > 0) {
			const char *f = t->f[found];

			if (f[0] == 0 || f[0] == ' ' || f[strlen(f) - 1] == ' ')
				die_at(t->name, t->line,
					"column %d is empty or has blanks around it (columns: %s): "
					"\"%s\"",
					found + 1, names, f);
		}
		return true;
	}
	return false;
}

void tsv_name(const struct tsv *t, int i, const char *what, const char *more)
{
	const char *f = t->f[i], *p;

	for (p = f; *p; p++)
		if (!isascii((unsigned char)*p) ||
			(!isalnum((unsigned char)*p) && !strchr(more, *p)))
			break;
	/* The first character rules out file names like "..", and options. */
	if (*p || (!isalnum((unsigned char)f[0]) && strcmp(f, "-") != 0))
		die_at(t->name, t->line,
			"bad %s \"%s\": use letters, digits and any of %s, a letter or digit first",
			what, f, more);
}
