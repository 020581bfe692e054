/* Foreign code may use more stack than the runtime takes for itself, where the thread has
 * it, and call back from there: on threads of the runtime and on others, in a program of a
 * libc. The callback does what needs g0's stack, below the foreign frames. */
#include "test.h"

enum { Births = 100 };

/* host/C19-deep.c */
intptr_t host_deep(void *arg);	 /* calls kit_callback from below a large frame, which stays whole: 0 */
intptr_t host_thread(void *arg); /* a thread that calls kit_first */
void kit_callback(void *arg);
void kit_first(void *arg);

static uint32_t born, called;

static void child(void *arg)
{
	(void)arg;
	xadd(&born, 1);
}

void kit_callback(void *arg)
{
	(void)arg;
	called++;
	for (uint32_t i = 0; i < Births; i++)
		newproc(child, 0);
	gosched();
}

void kit_first(void *arg)
{
	EQ(cgocall(host_deep, arg), 0, "the foreign frame on a thread that the runtime did not make");
}

TEST("C19")
{
	EQ(cgocall(host_deep, 0), 0, "the foreign frame on a thread of the runtime");
	cgocall(host_thread, 0);
	EQ(cgocall(host_deep, 0), 0, "the foreign frame, once more");
	EQ(called, 3, "callbacks");
	AWAIT(&born, 3 * Births, "goroutines that callbacks made");
}
