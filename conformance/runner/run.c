/*
 * run.c - runs the tests, several at a time, within their time limits.
 *
 * One thread and one ppoll(): SIGCHLD, SIGINT, SIGTERM and SIGHUP are blocked except while it
 * waits, so none can be missed between a check and the wait. A test is over when its first
 * process is: what is left of its group is killed then, so that nothing outlives its test.
 */
#include "runner.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long a pipe may stay open after the test ended: a process that left the group may hold it. */
enum { GRACE_NS = 200 * 1000 * 1000, TICK_NS = 1000 * 1000 * 1000 };

struct slot {
	struct test *t; /* NULL: free */
	pid_t pid;
	int fd[2];    /* -1 once at the end */
	int64_t over; /* when the first process was reaped, or 0 */
};

static volatile sig_atomic_t ended_by;

static void on_end(int sig)
{
	ended_by = sig;
}

static void on_child(int sig)
{
	(void)sig; /* only there to end the wait */
}

static sigset_t set_signals(void)
{
	struct sigaction end = {.sa_handler = on_end}, chld = {.sa_handler = on_child}, old;
	sigset_t block, before;

	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGHUP);
	sigprocmask(SIG_BLOCK, &block, &before);
	sigaction(SIGCHLD, &chld, NULL);
	sigaction(SIGINT, &end, NULL);
	sigaction(SIGTERM, &end, NULL);
	sigaction(SIGHUP, NULL, &old);
	if (old.sa_handler != SIG_IGN) /* nohup */
		sigaction(SIGHUP, &end, NULL);
	sigdelset(&before, SIGCHLD);
	sigdelset(&before, SIGINT);
	sigdelset(&before, SIGTERM);
	sigdelset(&before, SIGHUP);
	return before;
}

static void keep(struct capture *c, const char *p, size_t n, int64_t now)
{
	size_t room = CAPTURE_MAX - c->b.n;

	if (n > room) {
		c->cut = true;
		n = room;
	}
	if (n == 0)
		return;
	buf_add(&c->b, p, n);
	/* Marks are for the milliseconds of points: ones closer than 0.1 ms are one. */
	if (c->nmarks == 0 || now - c->marks[c->nmarks - 1].ns > 100000) {
		c->marks = grow(c->marks, c->nmarks, &c->capmarks, sizeof *c->marks);
		c->marks[c->nmarks++].ns = now;
	}
	c->marks[c->nmarks - 1].end = c->b.n;
}

/* At most one block a call, so that a test that prints for ever still meets its limit. */
static void drain(struct slot *s, int which)
{
	static char block[65536];
	ssize_t n = read(s->fd[which], block, sizeof block);

	if (n > 0) {
		keep(which == 0 ? &s->t->out : &s->t->err, block, (size_t)n, now_ns());
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		close(s->fd[which]);
		s->fd[which] = -1;
	}
}

static void reap(struct slot *s, int64_t now)
{
	siginfo_t info = {0};

	if (s->over != 0 || waitid(P_PID, (id_t)s->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
		info.si_pid == 0)
		return;
	/* Before it is waited for: until then no other group can have this number. */
	kill(-s->pid, SIGKILL);
	while (waitpid(s->pid, &s->t->wait_status, 0) < 0 && errno == EINTR)
		;
	s->over = now;
	s->t->ns = now - s->t->started;
}

static void finish(struct context *c, struct test *t)
{
	judge(c, t);
	xfails_apply(&c->xfails, &c->plan, t);
	progress_done(t);
}

static void step(struct context *c, struct slot *s, int64_t now)
{
	reap(s, now);
	if (s->over == 0) {
		if (now - s->t->started >= s->t->limit && !s->t->timed_out) {
			s->t->timed_out = true;
			kill(-s->pid, SIGKILL);
		}
		return;
	}
	if ((s->fd[0] >= 0 || s->fd[1] >= 0) && now - s->over < GRACE_NS)
		return;
	for (int i = 0; i < 2; i++)
		if (s->fd[i] >= 0)
			close(s->fd[i]);
	finish(c, s->t);
	s->t = NULL;
}

static void start(struct context *c, struct slot *s, struct test *t)
{
	progress_started(t);
	if (child_start(t, strcmp(c->plan.rows[t->row].port, "host") != 0, &s->pid, s->fd) == 0) {
		s->t = t;
		s->over = 0;
	} else {
		finish(c, t);
	}
}

static void wait_for(struct slot *slots, int jobs, struct pollfd *p, const sigset_t *mask)
{
	int64_t now = now_ns(), wait = TICK_NS;
	struct timespec ts;
	nfds_t n = 0;
	int i, k, at[2];

	for (i = 0; i < jobs; i++) {
		struct slot *s = &slots[i];
		int64_t left;

		for (k = 0; s->t != NULL && k < 2; k++)
			if (s->fd[k] >= 0)
				p[n++] = (struct pollfd){.fd = s->fd[k], .events = POLLIN};
		if (s->t == NULL || (s->t->timed_out && s->over == 0))
			continue;
		left = s->over ? s->over + GRACE_NS - now : s->t->started + s->t->limit - now;
		if (left < wait)
			wait = left < 0 ? 0 : left;
	}
	ts.tv_sec = wait / 1000000000;
	ts.tv_nsec = wait % 1000000000;
	if (ppoll(p, n, &ts, mask) < 0) {
		if (errno != EINTR)
			die("cannot wait for the tests: %s", strerror(errno));
		return;
	}
	for (i = 0, n = 0; i < jobs; i++) {
		for (k = 0; k < 2; k++)
			at[k] = slots[i].t != NULL && slots[i].fd[k] >= 0 ? (int)n++ : -1;
		for (k = 0; k < 2; k++)
			if (at[k] >= 0 && p[at[k]].revents)
				drain(&slots[i], k);
	}
}

static void kill_all(struct slot *slots, int jobs)
{
	int i;

	for (i = 0; i < jobs; i++) {
		if (slots[i].t == NULL || slots[i].over != 0)
			continue;
		kill(-slots[i].pid, SIGKILL);
		while (waitpid(slots[i].pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
}

int run_all(struct context *c, int jobs)
{
	struct slot *slots = mem((size_t)jobs * sizeof *slots);
	struct pollfd *polls = mem((size_t)jobs * 2 * sizeof *polls);
	sigset_t mask = set_signals();
	size_t next = 0;
	int i, active = 0;

	while (!ended_by) {
		for (i = 0; i < jobs; i++) {
			while (slots[i].t == NULL && next < c->plan.ntests) {
				struct test *t = &c->plan.tests[next++];

				if (t->chosen && t->skipped)
					finish(c, t);
				else if (t->chosen)
					start(c, &slots[i], t);
			}
		}
		for (i = active = 0; i < jobs; i++)
			active += slots[i].t != NULL;
		if (active == 0)
			break;
		wait_for(slots, jobs, polls, &mask);
		for (i = 0; i < jobs; i++)
			if (slots[i].t != NULL)
				step(c, &slots[i], now_ns());
		progress_tick();
	}
	kill_all(slots, jobs);
	return ended_by;
}
