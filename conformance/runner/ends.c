/*
 * ends.c - says in words how a test ended, and shows the output around it.
 *
 * All functions add lines that end in \n; what comes from the test is cleaned on the way.
 */
#include "runner.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LAST_LINES = 5, FIRST_LINES = 8, LINE_MAX_BYTES = 200 };

static const char *signal_name(int sig)
{
	static const struct {
		int sig;
		const char *name;
	} names[] = {
		{SIGABRT, "SIGABRT"},
		{SIGALRM, "SIGALRM"},
		{SIGBUS, "SIGBUS"},
		{SIGFPE, "SIGFPE"},
		{SIGHUP, "SIGHUP"},
		{SIGILL, "SIGILL"},
		{SIGINT, "SIGINT"},
		{SIGKILL, "SIGKILL"},
		{SIGPIPE, "SIGPIPE"},
		{SIGPROF, "SIGPROF"},
		{SIGQUIT, "SIGQUIT"},
		{SIGSEGV, "SIGSEGV"},
		{SIGSYS, "SIGSYS"},
		{SIGTERM, "SIGTERM"},
		{SIGTRAP, "SIGTRAP"},
		{SIGUSR1, "SIGUSR1"},
		{SIGUSR2, "SIGUSR2"},
		{SIGVTALRM, "SIGVTALRM"},
		{SIGXCPU, "SIGXCPU"},
		{SIGXFSZ, "SIGXFSZ"},
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].sig == sig)
			return names[i].name;
	return mem_fmt("signal %d", sig);
}

void say_end(struct buf *b, const struct test *t)
{
	if (t->timed_out)
		buf_fmt(b, "the time limit of %s s", t->limit_text);
	else if (WIFSIGNALED(t->wait_status))
		buf_fmt(b, "death by %s (%s)", signal_name(WTERMSIG(t->wait_status)),
			strsignal(WTERMSIG(t->wait_status)));
	else
		buf_fmt(b, "exit status %d", WEXITSTATUS(t->wait_status));
}

void say_cannot(struct buf *b, const struct plan *p, const struct test *t)
{
	const char *port = p->rows[t->row].port, *program = t->argv[0];
	char **arg;

	if (t->cannot != NULL) {
		buf_fmt(b, "%s %s: %s: ", t->cannot, program, strerror(t->cannot_errno));
		if (t->cannot_errno == ENOEXEC)
			buf_fmt(b, "an emulator must run it: see columns 3 and 8 of %s:%d", p->name,
				t->line);
		else if (t->cannot_errno != ENOENT && t->cannot_errno != EACCES)
			buf_str(b, "see that errno in execve(2)");
		else if (strchr(program, '/') != NULL)
			buf_str(b, "build it (make), or check its permissions");
		else
			buf_fmt(b,
				"install it (apt-cache search %s), or leave the port out: --skip "
				"%s",
				program, port);
		buf_str(b, "\n");
		return;
	}
	/* An emulator without its image: its own words follow, this is the next step. */
	for (arg = t->argv + 1; t->out.b.n == 0 && *arg != NULL; arg++)
		if (strchr(*arg, '/') != NULL && **arg != '-' && access(*arg, F_OK) != 0)
			buf_fmt(b, "cannot run %s: %s: build it (make)\n", *arg, strerror(errno));
}

static void add_line(struct buf *b, const char *p, size_t n)
{
	buf_str(b, "  ");
	buf_clean(b, p, n < LINE_MAX_BYTES ? n : LINE_MAX_BYTES);
	buf_str(b, n < LINE_MAX_BYTES ? "\n" : " ...\n");
}

static void add_lines(struct buf *b, const char *p, const char *end, int most)
{
	while (p < end && most-- > 0) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));

		if (nl == NULL)
			nl = end;
		add_line(b, p, (size_t)(nl - p));
		p = nl + 1;
	}
}

void say_output(struct buf *b, const struct test *t)
{
	if (t->err.b.n > 0) {
		buf_str(b, "stderr:\n");
		add_lines(b, t->err.b.p, t->err.b.p + t->err.b.n, FIRST_LINES);
	}
	if (t->out.b.n > 0) {
		const char *first = t->out.b.p, *end = first + t->out.b.n, *p;
		int lines = 0;

		for (p = end - 1; p > first; p--)
			if (p[-1] == '\n' && ++lines == LAST_LINES)
				break;
		buf_str(b, p > first ? "last lines of stdout:\n" : "stdout:\n");
		add_lines(b, p, end, LAST_LINES);
	}
}
