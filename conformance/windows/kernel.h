/* Calls of windows that tests need and the kit does not: they block. All are nosplit, enter
 * nothing, and return -errno. A file is a handle, whose lowest two bits the system ignores.
 * A pipe goes one way only: for what has two a table says which handle is read from. */
#ifndef CONFORMANCE_WINDOWS_KERNEL_H
#define CONFORMANCE_WINDOWS_KERNEL_H

#include "windows.h"

IMPORT(ReadFile, 20); IMPORT(CreatePipe, 16); IMPORT(GetLastError, 0);

enum { EINTR = 4 }; /* never */

enum { Kfiles = 1024 };

struct kfile {
	uint32_t written; /* also its name; 0: the entry is free */
	uint32_t read;
};

NOSPLIT static struct kfile *kfile(uint32_t fd)
{
	static struct kfile files[Kfiles];

	for (uint32_t i = 0; i < Kfiles; i++)
		if (atomicload(&files[i].written) == fd)
			return &files[i];
	throw("kernel.h: no such file, or too many");
}

struct kbytes {
	uintptr_t h;
	void *p;
	uintptr_t n;
};

NOSPLIT static intptr_t kread0(void *arg)
{
	enum { ERROR_BROKEN_PIPE = 109, EIO = 5 };
	struct kbytes *b = arg;
	uint32_t done = 0;

	if ((int32_t)CALL(ReadFile, b->h, A(b->p), b->n, A(&done), 0))
		return (intptr_t)done;
	return (int32_t)CALL(GetLastError, 0) == ERROR_BROKEN_PIPE ? 0 : -EIO;
}

static inline NOSPLIT intptr_t kread(int32_t fd, void *p, uintptr_t n)
{
	struct kbytes b = { HANDLE(kfile((uint32_t)fd)->read), p, n };

	return asmcgocall(kread0, &b);
}

static inline NOSPLIT intptr_t kclose(int32_t fd)
{
	struct kfile *f = kfile((uint32_t)fd);
	uint32_t read = f->read;

	atomicstore(&f->written, 0);
	return ONG0(CloseHandle, HANDLE(fd)) && ONG0(CloseHandle, HANDLE(read)) ? 0 : -5;
}

/* Two pipes. Every second pair has bit 1 of its files set, so that a test can tell two
 * kinds. By one goroutine only. */
NOSPLIT static intptr_t kpair0(void *arg)
{
	static uint32_t pairs;
	int32_t *fd = arg;
	uintptr_t h[2][2] = { { 0 } };
	struct kfile *f;

	pairs++;
	for (uint32_t i = 0; i < 2; i++)
		if (!(int32_t)CALL(CreatePipe, A(&h[i][0]), A(&h[i][1]), 0, 0))
			return -5;
	for (uint32_t i = 0; i < 2; i++) {
		fd[i] = (int32_t)(h[i][1] | pairs % 2 * 2);
		f = kfile(0);
		f->read = (uint32_t)h[!i][0];
		atomicstore(&f->written, (uint32_t)fd[i]);
	}
	return 0;
}

static inline NOSPLIT intptr_t ksocketpair(int32_t fd[2])
{
	return asmcgocall(kpair0, fd);
}

/* A profiling signal for the thread of mp, whatever the timer does. Of g0. */
static inline NOSPLIT intptr_t kprof(struct m *mp)
{
	return windows_sample(mp);
}

#endif
