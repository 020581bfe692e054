/* The program of README.md: `make program NAME=sum`. */
#include "rt.h"

static struct chan numbers;

static void sum(void *arg)
{
	uint32_t i, all = 0;

	(void)arg;
	while (chanrecv(&numbers, &i))
		all += i;
	prints("sum "), printu(all), prints("\n");
	osexit(0);
}

void rtmain(void)
{
	chaninit(&numbers, sizeof(uint32_t), 0, 0);
	newproc(sum, 0);
	for (uint32_t i = 1; i <= 100; i++)
		chansend(&numbers, &i);
	chanclose(&numbers);
	park(0, 0, "for the sum");
}
