/* Ping-pong with everything that can wake a goroutine: a pair of channels, of
 * semaphores, of notes in system calls, and park and ready; then a ring of 200 that a
 * token goes round. Each step comes once and in its turn. */
#include "test.h"

enum { Rounds = 2000, Notes = 200 /* rounds */, Ring = 200, Laps = 50 };

static struct chan c[2], ring[Ring];
static uint32_t s[2], balls, wrong, ended, steps;
static struct note n[2];

static void hit(uint32_t me)
{
	wrong += balls % 2 != me; /* it is mine, so nobody else writes it now */
	balls++;
}

static void chans(uint32_t me, uint32_t rounds)
{
	char v = 0;

	for (uint32_t i = 0; i < rounds; i++) {
		if (me == 1)
			chanrecv(&c[0], &v);
		hit(me);
		chansend(&c[me], &v);
		if (me == 0)
			chanrecv(&c[1], &v);
	}
}

static void semas(uint32_t me, uint32_t rounds)
{
	for (uint32_t i = 0; i < rounds; i++) {
		if (me == 1)
			semacquire(&s[0]);
		hit(me);
		semrelease(&s[me]);
		if (me == 0)
			semacquire(&s[1]);
	}
}

static void mine(uint32_t i)
{
	CHECK(notetsleepg(&n[i], -1), "woken by the other");
	noteclear(&n[i]);
}

static void notes(uint32_t me, uint32_t rounds)
{
	for (uint32_t i = 0; i < rounds; i++) {
		if (me == 1)
			mine(0);
		hit(me);
		if (i % 2)
			notewakeup(&n[me]);
		else
			notewakeupg(&n[me]);
		if (me == 0)
			mine(1);
	}
}

static void (*kind)(uint32_t me, uint32_t rounds);
static uint32_t rounds;

static void player(void *arg)
{
	kind((uint32_t)(uintptr_t)arg, rounds);
	xadd(&ended, 1);
}

static void play(void (*k)(uint32_t, uint32_t), uint32_t r, const char *what)
{
	kind = k;
	rounds = r;
	balls = ended = 0;
	newproc(player, (void *)1);
	newproc(player, (void *)0);
	AWAIT(&balls, 2 * r, what);
	AWAIT(&ended, 2, what);
}

static void link(void *arg)
{
	uint32_t i = (uint32_t)(uintptr_t)arg, token;

	while (chanrecv(&ring[i], &token)) {
		xadd(&steps, 1);
		token++;
		if (token < Laps * Ring) {
			chansend(&ring[(i + 1) % Ring], &token);
			continue;
		}
		EQ(i, (Laps * Ring - 1) % Ring, "who has the token in the end");
		for (uint32_t k = 0; k < Ring; k++)
			chanclose(&ring[k]);
	}
	xadd(&ended, 1);
}

TEST("R03")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		chaninit(&c[0], 1, 0, 0);
		chaninit(&c[1], 1, 0, 0);
		play(chans, Rounds, "hits over channels");
		play(semas, Rounds, "hits over semaphores");
		play(notes, Notes, "hits over notes");
		ended = steps = 0;
		for (uintptr_t i = 0; i < Ring; i++) {
			chaninit(&ring[i], sizeof(uint32_t), 0, 0);
			newproc(link, (void *)i);
		}
		chansend(&ring[0], &(uint32_t){ 0 });
		AWAIT(&steps, Laps * Ring, "steps of the token");
		AWAIT(&ended, Ring, "goroutines of the ring that ended");
	}
	EQ(wrong, 0, "hits out of turn");
}
