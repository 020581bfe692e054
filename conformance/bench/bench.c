/* The clock and the output of the measuring programs. */
#include "bench.h"

enum { Rounds = 41, MaxSeries = 16 };

NOSPLIT static uint32_t append(char *buf, uint32_t at, const char *s)
{
	while (*s)
		buf[at++] = *s++;
	return at;
}

void sample(const char *name, uint32_t ops, int64_t total)
{
	char buf[128]; /* names are short, numbers have at most 20 digits */
	uint32_t n = append(buf, 0, name);

	buf[n++] = '\t';
	n += formatu(buf + n, ops);
	buf[n++] = '\t';
	n += formatu(buf + n, (uint64_t)total);
	buf[n++] = '\n';
	oswrite(1, buf, n);
}

void require(bool ok, const char *what)
{
	if (ok)
		return;
	prints("bench: ");
	prints(what);
	prints("\n");
	osexit(1);
}

void measure(const struct series *s, uint32_t n)
{
	static int64_t total[Rounds][MaxSeries];

	require(n <= MaxSeries, "too many series");
	for (uint32_t i = 0; i < n; i++)
		s[i].run(s[i].ops); /* caches, predictors, segments */
	for (uint32_t round = 0; round < Rounds; round++) {
		for (uint32_t i = 0; i < n; i++) {
			int64_t start = nanotime();
			s[i].run(s[i].ops);
			total[round][i] = nanotime() - start;
		}
	}
	for (uint32_t round = 0; round < Rounds; round++)
		for (uint32_t i = 0; i < n; i++)
			sample(s[i].name, s[i].ops, total[round][i]);
}
