/* many.c - a program that pulls in much of a static C library; it is measured, not run. */
#include <arpa/inet.h>
#include <complex.h>
#include <dirent.h>
#include <fnmatch.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <iconv.h>
#include <locale.h>
#include <math.h>
#include <netdb.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <search.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#include <wchar.h>
#include <wordexp.h>

static jmp_buf back;

static int order(const void *a, const void *b)
{
	return strcoll(*(char *const *)a, *(char *const *)b);
}

static int visit(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	return printf("%*s%s %d\n", where->level, "", path, kind) < 0;
}

static void *thread(void *p)
{
	static _Thread_local int calls;
	char big[calls++ + 100];

	snprintf(big, sizeof big, "%p %Lg", p, (long double)calls);
	if (fnmatch("*[a-z]*", big, FNM_CASEFOLD) == 0)
		longjmp(back, 1);
	return strdup(big);
}

static double numbers(double x, int n)
{
	long long wide = (long long)x * n;
	double complex z = cexp(x + n * I);

	return sin(x) + pow(x, n) + lgamma(x) + jn(n, x) + creal(z) + (double)(wide / (n | 1)) + (double)strtold("1e4000", NULL) +
	       fma(x, x, n) + cbrt(x) + erf(x) + remquo(x, 3, &n);
}

int main(int argc, char **argv)
{
	struct addrinfo *ai = NULL;
	struct tm tm;
	pthread_t t;
	posix_spawn_file_actions_t actions;
	wordexp_t words;
	wchar_t wide[100];
	regex_t re;
	glob_t gl;
	iconv_t cd;
	char text[200];
	time_t now = time(NULL);

	setlocale(LC_ALL, "");
	if (setjmp(back) != 0)
		return 1;
	qsort(argv, (size_t)argc, sizeof *argv, order);
	if (regcomp(&re, argc > 1 ? argv[1] : "(a|b)*\\1", REG_EXTENDED) == 0)
		printf("%d\n", regexec(&re, "abab", 0, NULL, 0));
	regfree(&re);
	if (glob("/*", GLOB_BRACE | GLOB_TILDE, NULL, &gl) == 0)
		globfree(&gl);
	if (wordexp("$HOME/*", &words, WRDE_NOCMD) == 0)
		wordfree(&words);
	cd = iconv_open("UTF-8", "ISO-8859-1");
	iconv_close(cd);
	getaddrinfo("localhost", "80", NULL, &ai);
	nftw("/tmp", visit, 10, FTW_PHYS);
	strftime(text, sizeof text, "%c %Z", localtime_r(&now, &tm));
	strptime(text, "%c", &tm);
	swprintf(wide, 100, L"%ls %f %a", L"wide", numbers(argc, argc), 1.5);
	wcstombs(text, wide, sizeof text);
	posix_spawn_file_actions_init(&actions);
	posix_spawnp(NULL, "true", &actions, NULL, argv, environ);
	pthread_create(&t, NULL, thread, argv);
	pthread_join(t, NULL);
	printf("%s %s %s\n", text, getpwuid(0) ? getpwuid(0)->pw_name : "", getgrgid(0) ? getgrgid(0)->gr_name : "");
	fflush(NULL);
	return sscanf(text, "%200s %lf", text, &(double){ 0 });
}
