/*
 * report.c - puts the reports into a directory: all of them or none.
 *
 * Every file is first written under a temporary name beside its place. Only when all of them
 * are there, old TAP files are removed and the new ones renamed into place; so a full disk or a
 * directory without permission leaves the previous report as it was. Nothing is removed but
 * *.tap and *.err in DIR/tap/ROW/, and the temporary files.
 */
#include "runner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct staged {
	const char *temporary, *final;
} * staged;
static size_t nstaged, capstaged;

static bool complain(const char *what, const char *path)
{
	fprintf(stderr, "runner: cannot %s %s: %s: check -o, its permissions and the disk\n", what,
		path, strerror(errno));
	return false;
}

static bool make_dirs(const char *path)
{
	char *copy = mem_str(path), *p;
	struct stat st;

	for (p = copy + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = 0;
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			return complain("make", copy);
		*p = '/';
	}
	if (mkdir(copy, 0777) != 0 && errno != EEXIST)
		return complain("make", copy);
	if (stat(copy, &st) == 0 && !S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return complain("use", copy);
	}
	return true;
}

static bool stage(const char *final, const char *data, size_t n)
{
	const char *slash = strrchr(final, '/');
	char *temporary =
		mem_fmt("%.*s/.%s.%ld.tmp", (int)(slash - final), final, slash + 1, (long)getpid());
	struct stat st;
	int fd;
	bool ok;

	if (stat(final, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return complain("write", final);
	}
	do
		fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return complain("create", temporary);
	staged = grow(staged, nstaged, &capstaged, sizeof *staged);
	staged[nstaged++] = (struct staged){temporary, final};
	ok = put_all(fd, data, n) || complain("write", temporary);
	if (close(fd) != 0 && ok)
		ok = complain("write", temporary);
	return ok;
}

static void drop_staged(void)
{
	while (nstaged > 0)
		unlink(staged[--nstaged].temporary);
	free(staged);
	staged = NULL;
	capstaged = 0;
}

static bool stage_buf(const char *dir, const char *name, struct buf *b)
{
	bool ok = stage(mem_fmt("%s/%s", dir, name), b->p, b->n);

	buf_free(b);
	return ok;
}

static bool stage_taps(const char *dir, const struct plan *p)
{
	size_t i;

	for (i = 0; i < p->ntests; i++) {
		const struct test *t = &p->tests[i];
		const char *base;

		if (!t->chosen || t->skipped || t->cannot != NULL)
			continue;
		base = mem_fmt("%s/tap/%s", dir, p->rows[t->row].dir);
		if (!make_dirs(base) ||
			!stage(mem_fmt("%s/%s.tap", base, t->id), t->out.b.p, t->out.b.n))
			return false;
		if (t->err.b.n > 0 &&
			!stage(mem_fmt("%s/%s.err", base, t->id), t->err.b.p, t->err.b.n))
			return false;
	}
	return true;
}

static bool is_tap(const char *name)
{
	size_t n = strlen(name);

	return name[0] != '.' && n > 4 &&
		(strcmp(name + n - 4, ".tap") == 0 || strcmp(name + n - 4, ".err") == 0);
}

static void remove_old_taps(const char *tap)
{
	DIR *rows = opendir(tap);
	struct dirent *r, *f;

	while (rows != NULL && (r = readdir(rows)) != NULL) {
		const char *row = mem_fmt("%s/%s", tap, r->d_name);
		DIR *files = r->d_name[0] == '.' ? NULL : opendir(row);

		while (files != NULL && (f = readdir(files)) != NULL)
			if (is_tap(f->d_name))
				unlink(mem_fmt("%s/%s", row, f->d_name));
		if (files != NULL) {
			closedir(files);
			rmdir(row); /* stays if it holds something, such as the new files */
		}
	}
	if (rows != NULL)
		closedir(rows);
}

static bool put_in_place(void)
{
	size_t i;

	for (i = 0; i < nstaged; i++)
		if (rename(staged[i].temporary, staged[i].final) != 0)
			return complain("write", staged[i].final);
	nstaged = 0;
	return true;
}

void report_probe(const char *dir)
{
	bool ok = make_dirs(dir) && stage(mem_fmt("%s/probe", dir), "", 0);

	drop_staged();
	if (!ok)
		exit(EXIT_USAGE);
}

bool report_write(const char *dir, const struct context *c)
{
	struct buf json = {0}, junit = {0}, html = {0};
	bool ok;

	json_report(&json, &c->plan);
	junit_report(&junit, &c->plan);
	html_report(&html, c);
	ok = stage_taps(dir, &c->plan);
	ok = ok && stage_buf(dir, "report.json", &json);
	ok = ok && stage_buf(dir, "junit.xml", &junit);
	ok = ok && stage_buf(dir, "index.html", &html);
	if (ok) {
		remove_old_taps(mem_fmt("%s/tap", dir));
		ok = put_in_place();
	}
	drop_staged();
	buf_free(&json);
	buf_free(&junit);
	buf_free(&html);
	return ok;
}
