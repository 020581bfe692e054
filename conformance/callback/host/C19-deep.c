/* The foreign part of C19. */
#include "host.h"

void kit_callback(void *arg);
void kit_first(void *arg);

intptr_t host_deep(void *arg)
{
	volatile char frame[200000]; /* of 8 MiB */
	intptr_t wrong = 0;

	for (size_t i = 0; i < sizeof frame; i++)
		frame[i] = (char)(i % 7);
	cgocallback(kit_callback, arg);
	for (size_t i = 0; i < sizeof frame; i++)
		wrong += frame[i] != (char)(i % 7);
	return wrong;
}

static void *caller(void *arg)
{
	cgocallback(kit_first, arg);
	return 0;
}

intptr_t host_thread(void *arg)
{
	pthread_t t;

	if (pthread_create(&t, 0, caller, arg) != 0)
		abort();
	return pthread_join(t, 0);
}
