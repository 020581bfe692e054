#include "host.h"

void kit_callback(void *arg);

static void *caller(void *arg)
{
	cgocallback(kit_callback, arg);
	return 0;
}

intptr_t host_thread(void *arg)
{
	pthread_t t;

	if (pthread_create(&t, 0, caller, arg) != 0)
		abort();
	return pthread_join(t, 0);
}
