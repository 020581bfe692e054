/*
 * speed NOSPLIT OBJDUMP LARGE KIT [SUFFIX] - one run of the analyzer's speed, as a measuring program of
 * `make bench` prints it: series, operations, total; the total over the operations is the value.
 *
 * Times are those of the processor, user and system, so that other work on the machine counts
 * little. LARGE is a program without notes, analyzed as a whole and from getaddrinfo; objdump -d of it
 * runs in between. KIT has notes.
 *	textSUFFIX, objdump	MB of text a second (operations: microseconds, total: bytes)
 *	functions, lazy		functions a second
 *	lazyms			milliseconds of it
 *	peak			MB of memory at most
 *	small			milliseconds for KIT
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct run {
	double us;
	long peak; /* KiB */
	char figures[4096]; /* of its output, from "figures" on */
};

static void collect(FILE *f, struct run *r)
{
	static char buf[1 << 16];
	size_t n, kept = 0;
	char *p;

	while ((n = fread(buf, 1, sizeof buf - 1, f)) > 0) {
		buf[n] = 0;
		p = kept ? buf : strstr(buf, "\"figures\"");
		for (; p && *p && kept + 1 < sizeof r->figures; p++)
			r->figures[kept++] = *p;
	}
	r->figures[kept] = 0;
}

static struct run run(char *const argv[])
{
	struct run r = { 0 };
	struct rusage use;
	int fd[2], status;
	pid_t pid;
	FILE *f;

	if (pipe(fd) != 0 || (pid = fork()) < 0)
		err(2, "fork");
	if (pid == 0) {
		dup2(fd[1], 1);
		close(fd[0]);
		close(fd[1]);
		execvp(argv[0], argv);
		err(126, "%s", argv[0]);
	}
	close(fd[1]);
	f = fdopen(fd[0], "r");
	if (!f)
		err(2, "pipe");
	collect(f, &r);
	fclose(f);
	if (wait4(pid, &status, 0, &use) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
		errx(2, "%s %s failed", argv[0], argv[1]);
	r.us = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e6 + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
	r.peak = use.ru_maxrss;
	return r;
}

static double figure(const struct run *r, const char *name)
{
	char key[40];
	const char *p;

	snprintf(key, sizeof key, "\"%s\":", name);
	p = strstr(r->figures, key);
	if (!p)
		errx(2, "no %s in the output of nosplit", name);
	return strtod(p + strlen(key), NULL);
}

static void say(const char *series, double operations, double total)
{
	printf("%s\t%.0f\t%.0f\n", series, operations < 1 ? 1 : operations, total);
}

int main(int argc, char **argv)
{
	struct run whole, lazy, dump, small;
	char text[32];

	if (argc != 5 && argc != 6)
		errx(2, "usage: speed NOSPLIT OBJDUMP LARGE KIT [SUFFIX]");
	snprintf(text, sizeof text, "text%s", argc == 6 ? argv[5] : "");
	whole = run((char *[]){ argv[1], "report", "--format", "json", "--root", "getaddrinfo", argv[3], NULL });
	dump = run((char *[]){ argv[2], "-d", argv[3], NULL });
	lazy = run((char *[]){ argv[1], "report", "--format", "json", "--lazy", "--root", "getaddrinfo", argv[3], NULL });
	small = run((char *[]){ argv[1], "check", argv[4], NULL });
	say(text, whole.us, figure(&whole, "textbytes"));
	say("objdump", dump.us, figure(&whole, "textbytes"));
	say("functions", whole.us, figure(&whole, "analyzed") * 1e6);
	say("lazy", lazy.us, figure(&lazy, "analyzed") * 1e6);
	say("lazyms", 1000, lazy.us);
	say("peak", 1024, (double)whole.peak);
	say("small", 1000, small.us);
	return 0;
}
