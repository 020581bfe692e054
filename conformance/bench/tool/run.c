/* Runs a measuring program and keeps what its samples say (conformance/bench/bench.h
 * has the format). A program that takes longer than a minute is killed. */
#include "bench.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { Limit = 60, MaxSamples = 4096 };

struct samples {
	char name[32];
	size_t n;
	double value[MaxSamples];
};

static struct series *findseries(struct port *p, const char *name)
{
	for (size_t i = 0; i < p->nseries; i++)
		if (strcmp(p->series[i].name, name) == 0)
			return &p->series[i];
	if (p->nseries == MaxSeries)
		return NULL;
	struct series *s = &p->series[p->nseries++];
	snprintf(s->name, sizeof s->name, "%.31s", name);
	s->nruns = 0;
	return s;
}

/* Adds a line to the samples; NULL, or what is wrong with it. */
static const char *addline(struct samples *all, size_t *n, const char *line)
{
	char name[32];
	unsigned long ops;
	long long total;
	int end = 0;

	if (sscanf(line, "%31[^\t]\t%lu\t%lld\n%n", name, &ops, &total, &end) != 3 || line[end] != 0 || ops == 0)
		return "expected: series, operations, nanoseconds";
	for (size_t i = 0; i <= *n; i++) {
		if (i == MaxSeries)
			return "too many series";
		if (i == *n) {
			snprintf(all[i].name, sizeof all[i].name, "%.31s", name);
			all[i].n = 0;
			++*n;
		} else if (strcmp(all[i].name, name) != 0) {
			continue;
		}
		if (all[i].n == MaxSamples)
			return "too many samples";
		all[i].value[all[i].n++] = (double)total / (double)ops;
		return NULL;
	}
	return NULL;
}

/* The program's standard output; alarm(2) survives exec and ends it in time. */
static FILE *start(const char *image, pid_t *pid)
{
	int fd[2];

	if (pipe(fd) != 0)
		err(2, "pipe");
	fflush(NULL);
	*pid = fork();
	if (*pid < 0)
		err(2, "fork");
	if (*pid == 0) {
		dup2(fd[1], 1);
		close(fd[0]);
		close(fd[1]);
		signal(SIGALRM, SIG_DFL);
		alarm(Limit);
		execl(image, image, (char *)NULL);
		warn("cannot run %s", image);
		_exit(126);
	}
	close(fd[1]);
	return fdopen(fd[0], "r");
}

static bool finish(const char *image, pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			err(2, "waitpid");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		warnx("%s: still running after %d s: killed", image, Limit);
	else if (WIFSIGNALED(status))
		warnx("%s: %s", image, strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) != 0)
		warnx("%s: exit status %d", image, WEXITSTATUS(status));
	return status == 0;
}

static bool runimage(struct port *p, const char *image)
{
	static struct samples all[MaxSeries];
	size_t n = 0, size = 0;
	const char *bad = NULL;
	char *line = NULL;
	pid_t pid;
	FILE *f = start(image, &pid);

	if (!f)
		err(2, "fdopen");
	while (!bad && getline(&line, &size, f) > 0)
		if ((bad = addline(all, &n, line)) != NULL)
			warnx("%s: %s: found '%.*s'", image, bad, (int)strcspn(line, "\n"), line);
	free(line);
	fclose(f);
	if (!finish(image, pid) || bad)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct series *s = findseries(p, all[i].name);
		if (!s || s->nruns == MaxRuns) {
			warnx("%s: too many series or runs", image);
			return false;
		}
		s->value[s->nruns++] = median(all[i].value, all[i].n);
	}
	return true;
}

bool runport(struct port *p)
{
	for (size_t i = 0; i < p->nimages; i++) {
		if (!runimage(p, p->image[i])) {
			p->failed = true;
			return false;
		}
	}
	return true;
}
