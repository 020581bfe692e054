/* What the sleep tests share: units, and how late is too late. */
#ifndef CONFORMANCE_SLEEP_H
#define CONFORMANCE_SLEEP_H

#include "layer.h" /* of conformance/sleep/futex or conformance/sleep/sema, by the OS */
#include "test.h"

enum { Millisecond = 1000000 };
#define Second ((int64_t)1000000000)

/* How late a wakeup may be: generous, because machines are shared. What a test is
 * strict about is early. */
#define Slack (5 * Second)

/* The kernel returns early, and without a reason, as often as it may: what runs the image
 * says so (runner.ARCH --hostile). */
static inline bool hostile(void)
{
	return osgetenv("HOSTILE") != 0;
}

#endif
