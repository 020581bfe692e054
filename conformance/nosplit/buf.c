/*
 * buf.c - text in memory, and files that are written whole or not at all.
 *
 * Every output is complete in memory before the first byte of it is written, so that a run
 * that fails leaves the previous file as it was.
 */
#include "user.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room for n more bytes and the NUL. */
static void reserve(struct buf *b, size_t n)
{
	if (b->cap - b->n > n)
		return;
	b->cap = b->cap + n + b->cap / 2 + 64;
	b->p = realloc(b->p, b->cap);
	if (b->p == NULL)
		fatal("out of memory (%zu bytes of output): choose fewer files or roots", b->cap);
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	reserve(b, n);
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = 0;
}

void buf_str(struct buf *b, const char *s)
{
	if (s != NULL)
		buf_add(b, s, strlen(s));
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		fatal("cannot format a message: %s", strerror(errno));
	reserve(b, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

void buf_pad(struct buf *b, size_t n)
{
	reserve(b, n);
	memset(b->p + b->n, ' ', n);
	b->n += n;
	b->p[b->n] = 0;
}

const char *buf_text(const struct buf *b)
{
	return b->p == NULL ? "" : b->p;
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

static bool put_all(int fd, const struct buf *b)
{
	size_t done = 0;

	while (done < b->n) {
		ssize_t k = write(fd, b->p + done, b->n - done);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return false;
		done += (size_t)k;
	}
	return true;
}

NORETURN static void cannot(const char *temporary, const char *path)
{
	int e = errno;
	struct buf name = {0};

	if (temporary != NULL)
		unlink(temporary);
	put_clean(&name, path);
	fatal("%s: cannot be written: %s: check its folder, permissions and the disk", name.p, strerror(e));
}

void buf_write(const struct buf *b, const char *path)
{
	struct stat st;
	mode_t mask;
	char *temporary, *target = NULL;
	int fd;

	if (path == NULL || strcmp(path, "-") == 0) {
		if (fflush(stdout) != 0 || !put_all(1, b))
			fatal("cannot write to stdout: %s", strerror(errno));
		return;
	}
	/* A device or a pipe is written to; only a plain file can be replaced. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0 || !put_all(fd, b) || close(fd) != 0)
			cannot(NULL, path);
		return;
	}
	/* A link stays one: where it leads is replaced. */
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
		target = realpath(path, NULL);
		if (target == NULL)
			cannot(NULL, path);
		path = target;
	}
	temporary = mem_fmt("%s.XXXXXX", path);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		cannot(NULL, path);
	mask = umask(0);
	umask(mask);
	if (!put_all(fd, b) || fchmod(fd, 0666 & ~mask) != 0)
		cannot(temporary, path);
	if (close(fd) != 0 || rename(temporary, path) != 0)
		cannot(temporary, path);
	free(temporary);
	free(target);
}

void buf_read(struct buf *b, const char *path, const char *what, size_t max)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct buf name = {0};
	ssize_t k = fd < 0 ? -1 : 1;

	put_clean(&name, path);
	while (k > 0 && b->n <= max) {
		reserve(b, 65536);
		k = read(fd, b->p + b->n, 65536);
		if (k < 0 && errno == EINTR)
			k = 1;
		else if (k > 0)
			b->n += (size_t)k;
	}
	if (k < 0)
		fatal("%s: cannot be read as %s: %s", name.p, what, strerror(errno));
	if (b->n > max)
		fatal("%s: too large for %s: at most %zu bytes", name.p, what, max);
	reserve(b, 0);
	b->p[b->n] = 0;
	if (memchr(b->p, 0, b->n) != NULL)
		fatal("%s: no %s: it holds NUL bytes", name.p, what);
	close(fd);
	buf_free(&name);
}
