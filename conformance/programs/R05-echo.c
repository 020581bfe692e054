/* An echo server: 200 connections over socketpairs, a goroutine at each end, all of
 * which read and write blockingly. Those that wait for the kernel give up their P: by
 * sysmon's doing (entersyscall) or at once (entersyscallblock). Every byte comes back. */
#include "test.h"

#if __has_include("kernel.h")
#include "kernel.h"

enum { Conns = 200, Messages = 20, Max = 600 /* bytes */ };

static int32_t fds[Conns][2];
static uint32_t echoed, served, clients, servers, wrong;

NOSPLIT static intptr_t rd(int32_t fd, void *p, uintptr_t n)
{
	intptr_t r;

	if (fd % 4 < 2)
		entersyscall();
	else
		entersyscallblock();
	do
		r = kread(fd, p, n);
	while (r == -EINTR);
	exitsyscall();
	return r;
}

NOSPLIT static intptr_t wr(int32_t fd, const void *p, uintptr_t n)
{
	intptr_t r;

	entersyscall();
	do
		r = oswrite(fd, p, n);
	while (r == -EINTR);
	exitsyscall();
	return r;
}

static bool writeall(int32_t fd, const char *p, uintptr_t n)
{
	while (n > 0) {
		intptr_t r = wr(fd, p, n);
		if (r <= 0)
			return false;
		p += r;
		n -= (uintptr_t)r;
	}
	return true;
}

static bool readall(int32_t fd, char *p, uintptr_t n)
{
	while (n > 0) {
		intptr_t r = rd(fd, p, n);
		if (r <= 0)
			return false;
		p += r;
		n -= (uintptr_t)r;
	}
	return true;
}

static void server(void *arg)
{
	int32_t fd = fds[(uintptr_t)arg][1];
	char buf[256];
	intptr_t n;

	while ((n = rd(fd, buf, sizeof buf)) > 0) {
		if (!writeall(fd, buf, (uintptr_t)n))
			xadd(&wrong, 1);
		xadd(&served, (int32_t)n);
	}
	if (n < 0)
		xadd(&wrong, 1);
	kclose(fd);
	xadd(&servers, 1);
}

static void client(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;
	int32_t fd = fds[me][0];
	char sent[Max], got[Max];

	for (uint32_t i = 0; i < Messages; i++) {
		uint32_t n = (me * 7 + i * 31) % Max + 1;
		for (uint32_t k = 0; k < n; k++)
			sent[k] = (char)(me + i * 3 + k * 5);
		if (!writeall(fd, sent, n) || !readall(fd, got, n)) {
			xadd(&wrong, 1);
			break;
		}
		for (uint32_t k = 0; k < n; k++)
			if (got[k] != sent[k]) {
				xadd(&wrong, 1);
				break;
			}
		xadd(&echoed, 1);
	}
	kclose(fd);
	xadd(&clients, 1);
}

TEST("R05")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		echoed = served = clients = servers = 0;
		for (uint32_t i = 0; i < Conns; i++)
			EQ(ksocketpair(fds[i]), 0, "socketpair");
		for (uintptr_t i = 0; i < Conns; i++) {
			newproc(server, (void *)i);
			newproc(client, (void *)i);
		}
		AWAIT(&echoed, Conns * Messages, "messages that came back");
		AWAIT(&clients, Conns, "clients that ended");
		AWAIT(&servers, Conns, "servers that ended");
		uint32_t bytes = 0;
		for (uint32_t me = 0; me < Conns; me++)
			for (uint32_t i = 0; i < Messages; i++)
				bytes += (me * 7 + i * 31) % Max + 1;
		EQ(served, bytes, "bytes");
	}
	EQ(wrong, 0, "connections with an error, or another's bytes");
}
#else
TEST("R05")
{
	SKIP("conformance/OS/kernel.h: no socketpairs for tests on this OS");
}
#endif
