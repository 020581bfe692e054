/*
 * child.c - starts one test in a process group of its own.
 *
 * The child gets /dev/null as stdin, pipes as stdout and stderr, default signals, no core file
 * and, unless it is a tool of the host, a small stack: a runtime that leans on the stack that
 * the kernel gave it must not pass. A failure on the way to a successful exec comes back
 * through a close-on-exec pipe, so that it cannot be mistaken for something the test did.
 */
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const steps[] = {
	"cannot start",
	"cannot open /dev/null for",
	"cannot set the limits of",
	"cannot run",
};
enum { START, OPEN, LIMIT, EXEC };

struct trouble {
	int step, err;
};

static bool limit(int what, rlim_t most)
{
	struct rlimit r;

	if (getrlimit(what, &r) != 0)
		return false;
	if (r.rlim_cur == RLIM_INFINITY || r.rlim_cur > most)
		r.rlim_cur = most;
	return setrlimit(what, &r) == 0;
}

static _Noreturn void child(const struct test *t, bool limits, int out, int err, int report)
{
	static const int signals[] = {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD};
	struct trouble why = {OPEN, 0};
	sigset_t none;
	size_t i;
	int null;

	setpgid(0, 0);
	for (i = 0; i < sizeof signals / sizeof signals[0]; i++)
		signal(signals[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null >= 0 && dup2(null, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2) {
		why.step = LIMIT;
		if (!limits || (limit(RLIMIT_STACK, STACK_LIMIT) && limit(RLIMIT_CORE, 0))) {
			why.step = EXEC;
			/* Of a path, execvp would hand a file of no known format to the shell. */
			if (strchr(t->argv[0], '/') != NULL)
				execv(t->argv[0], t->argv);
			else
				execvp(t->argv[0], t->argv);
		}
	}
	why.err = errno;
	put_all(report, (const char *)&why, sizeof why);
	_exit(127);
}

static void close_pair(int fd[2])
{
	if (fd[0] >= 0)
		close(fd[0]);
	if (fd[1] >= 0)
		close(fd[1]);
}

int child_start(struct test *t, bool limits, pid_t *pid, int fd[2])
{
	int out[2] = {-1, -1}, err[2] = {-1, -1}, report[2] = {-1, -1};
	struct trouble why = {START, 0};
	ssize_t n;

	t->started = now_ns();
	if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0 ||
		pipe2(report, O_CLOEXEC) != 0 || (*pid = fork()) < 0) {
		why.err = errno;
		close_pair(report);
		goto failed;
	}
	if (*pid == 0)
		child(t, limits, out[1], err[1], report[1]);
	setpgid(*pid, *pid); /* whoever comes first: the group must exist before it is killed */
	close(report[1]);
	do
		n = read(report[0], &why, sizeof why);
	while (n < 0 && errno == EINTR);
	close(report[0]);
	if (n != 0) {
		while (waitpid(*pid, NULL, 0) < 0 && errno == EINTR)
			;
		goto failed;
	}
	close(out[1]);
	close(err[1]);
	fd[0] = out[0];
	fd[1] = err[0];
	fcntl(fd[0], F_SETFL, O_NONBLOCK);
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	return 0;
failed:
	close_pair(out);
	close_pair(err);
	t->cannot = steps[why.step];
	t->cannot_errno = why.err;
	return -1;
}
