/* goexit in a callback on a thread that the runtime did not make throws: the thread, which
 * is not the runtime's to keep, waits for the callback to come back. */
#include "test.h"

intptr_t host_thread(void *arg); /* host/C16-goexit.c: a thread that calls kit_callback */
void kit_callback(void *arg);

static uint32_t callbacks;

void kit_callback(void *arg)
{
	(void)arg;
	if (++callbacks == 3) {
		THROWS("goexit: its thread, which the runtime did not make, waits for the callback");
		goexit();
	}
}

TEST("C16")
{
	for (uint32_t i = 0; i < 3; i++)
		cgocall(host_thread, 0);
	EQ(callbacks, 3, "callbacks that were over before");
}
