/* What a conformance test is written with. A test is a program that prints TAP on
 * standard output; TEST("ID") { ... } is its main goroutine. It passes if no check
 * failed, or, after THROWS(text), if the program then dies of a throw that says
 * text. All is split and runs on any goroutine; checks may come from any thread.
 */
#ifndef CONFORMANCE_TEST_H
#define CONFORMANCE_TEST_H

#include "rt.h"

#define TEST(id)                                                                                   \
	static void testbody(void);                                                                \
	void rtmain(void)                                                                          \
	{                                                                                          \
		testrun(id, testbody);                                                             \
	}                                                                                          \
	static void testbody(void)

/* One line for each difference: file:line: what: expected X, found Y. */
#define EQ(found, expected, what) testequal(__FILE__, __LINE__, what, (int64_t)(found), (int64_t)(expected))
#define CHECK(cond, what) testequal(__FILE__, __LINE__, what ": " #cond, !!(cond), 1)
#define BETWEEN(found, low, high, what) testbetween(__FILE__, __LINE__, what, found, low, high)

/* The program now dies of a throw that says text: coming back is a failure. */
#define THROWS(text) testthrows(__FILE__, __LINE__, text)

/* This port has not got it: the reason names what is missing. */
#define SKIP(reason) testskip(reason)

void testrun(const char *id, void (*body)(void));
void testequal(const char *file, int line, const char *what, int64_t found, int64_t expected);
void testbetween(const char *file, int line, const char *what, int64_t found, int64_t low, int64_t high);
void testthrows(const char *file, int line, const char *text);
NORETURN void testskip(const char *reason);

/* Waits for *p to become v: 10 s, more on a busy machine, less once a wait was in vain;
 * false if it did not. Any thread. */
bool testwait(uint32_t *p, uint32_t v);
/* On a goroutine: gives way to the others until *p is v; reports what if it did not
 * change for 8 s before that (0.5 s, once a wait was in vain). So *p should be something
 * that moves all the time. */
#define AWAIT(p, v, what) testawait(__FILE__, __LINE__, what, p, v)
void testawait(const char *file, int line, const char *what, uint32_t *p, uint32_t v);
/* The running goroutine's guard; that of its segment where it is poisoned because sysmon
 * asks for a preemption (preempt: the request comes before the poison). */
static inline uintptr_t testguard(void)
{
	struct g *gp = getg();
	uintptr_t guard = gp->stackguard0;

	return guard == StackPreempt && atomicload(&gp->preempt) ? gp->stackbase->guard : guard;
}
/* Runs fn(arg) on g0, where it may call what is allowed there only. */
void ong0(void (*fn)(void *), void *arg);
/* A thread that runs fn(arg) on its g0; testjoin waits until all have ended. */
void testthread(void (*fn)(void *), void *arg);
void testjoin(void);

#endif
