/*
 * util.c - memory, text buffers, time and the one way to die.
 *
 * Depends on nothing else of the runner. Out of memory ends the program in die(); no caller
 * checks for it.
 */
#include "runner.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t data[];
} * chunks;

static void say(const char *fmt, va_list ap)
{
	fflush(stdout);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

_Noreturn void die(const char *fmt, ...)
{
	va_list ap;

	fputs("runner: ", stderr);
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(EXIT_USAGE);
}

_Noreturn void die_at(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "runner: %s:%d: ", file, line);
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(EXIT_USAGE);
}

void *mem(size_t n)
{
	size_t size = n > 16384 ? n : 65536;
	struct chunk *c = chunks;
	char *p;

	n = (n + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (size < n)
		size = n;
	if (c == NULL || c->size - c->used < n) {
		c = malloc(sizeof *c + size);
		if (c == NULL)
			die("out of memory (%zu bytes)", size);
		c->next = chunks;
		c->used = 0;
		c->size = size;
		chunks = c;
	}
	p = (char *)c->data + c->used;
	c->used += n;
	return memset(p, 0, n);
}

void mem_release(void)
{
	while (chunks != NULL) {
		struct chunk *next = chunks->next;

		free(chunks);
		chunks = next;
	}
}

char *mem_str(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem(n), s, n);
}

char *mem_fmt(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die("cannot format a message: %s", strerror(errno));
	s = mem((size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

void *grow(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	*cap = *cap ? *cap * 2 : 16;
	array = realloc(array, *cap * size);
	if (array == NULL)
		die("out of memory (%zu bytes)", *cap * size);
	return array;
}

/* Room for n more bytes and the NUL. */
static void reserve(struct buf *b, size_t n)
{
	if (b->cap - b->n > n)
		return;
	b->cap = b->cap + n + b->cap / 2 + 64;
	b->p = realloc(b->p, b->cap);
	if (b->p == NULL)
		die("out of memory (%zu bytes)", b->cap);
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
		die("cannot format a message: %s", strerror(errno));
	reserve(b, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

char *buf_keep(struct buf *b)
{
	char *s = mem_str(b->p ? b->p : "");

	buf_free(b);
	return s;
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

size_t utf8_len(const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;
	uint32_t c = s[0];
	size_t len, i;

	if (c < 0x80)
		return (c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t';
	len = c >= 0xf0 && c < 0xf5 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 && c < 0xe0 ? 2 : 0;
	if (len == 0 || len > n)
		return 0;
	c &= 0x7fu >> len;
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if ((len == 3 && c < 0x800) || (len == 4 && c < 0x10000) || c > 0x10ffff)
		return 0;
	/* C1 controls steer terminals; surrogates, U+FFFE and U+FFFF are not XML characters. */
	if (c < 0xa0 || (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff)
		return 0;
	return len;
}

void buf_clean(struct buf *b, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		size_t len = utf8_len(p + i, n - i);

		if (len > 0)
			buf_add(b, p + i, len);
		else
			buf_fmt(b, "\\x%02x", (unsigned char)p[i]);
		i += len > 0 ? len : 1;
	}
}

void buf_markup(struct buf *b, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '&': buf_str(b, "&amp;"); break;
		case '<': buf_str(b, "&lt;"); break;
		case '>': buf_str(b, "&gt;"); break;
		case '"': buf_str(b, "&quot;"); break;
		case '\'': buf_str(b, "&#39;"); break;
		default: buf_add(b, s, 1);
		}
	}
}

int natural(const char *a, const char *b)
{
	const char *a0 = a, *b0 = b;

	while (*a && *b) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			size_t na, nb;
			int order;

			a += strspn(a, "0");
			b += strspn(b, "0");
			na = strspn(a, "0123456789");
			nb = strspn(b, "0123456789");
			order = na != nb ? (na < nb ? -1 : 1) : memcmp(a, b, na);
			if (order != 0)
				return order;
			a += na;
			b += nb;
		} else if (*a != *b) {
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		} else {
			a++;
			b++;
		}
	}
	if (*a || *b)
		return *a ? 1 : -1;
	return strcmp(a0, b0);
}

int64_t now_ns(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		die("cannot read the monotonic clock: %s", strerror(errno));
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

bool put_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}
