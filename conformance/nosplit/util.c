/*
 * util.c - memory, and the one way to die.
 *
 * Depends on nothing else of the analyzer. Everything it returns comes from malloc and goes
 * back with free(). Out of memory ends the program here; no caller checks for it, so whoever
 * takes a size from a file bounds it by the size of that file first.
 */
#include "nosplit.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void fatal(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("nosplit: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

void *mem_alloc(size_t n)
{
	void *p = calloc(1, n ? n : 1);

	if (p == NULL)
		fatal("out of memory (%zu bytes): analyze fewer functions: name them with --root", n);
	return p;
}

void *mem_more(void *p, size_t n, size_t *cap, size_t size)
{
	size_t bytes;

	*cap = n < 16 ? 16 : n + n / 2;
	if (__builtin_mul_overflow(*cap, size, &bytes) || (p = realloc(p, bytes)) == NULL)
		fatal("out of memory (%zu elements of %zu bytes): analyze fewer functions: name them with --root", *cap, size);
	return p;
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
		fatal("cannot format a message: %s", strerror(errno));
	s = mem_alloc((size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

char *mem_dup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n), s, n);
}
