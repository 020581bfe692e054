/* The foreign part of C20. */
#include "host.h"

void host_mark(void);
uint32_t host_ended(void);

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint32_t ended;

static void end(void *value)
{
	(void)value;
	__atomic_add_fetch(&ended, 1, __ATOMIC_SEQ_CST);
}

static void make(void)
{
	if (pthread_key_create(&key, end) != 0)
		abort();
}

void host_mark(void)
{
	pthread_once(&once, make);
	if (pthread_setspecific(key, &key) != 0)
		abort();
}

uint32_t host_ended(void)
{
	return __atomic_load_n(&ended, __ATOMIC_SEQ_CST);
}
