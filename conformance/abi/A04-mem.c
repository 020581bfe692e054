/* memmove, memcpy and memset for every length up to 70, every alignment and every
 * overlap, touch what they should and nothing else. */
#include "test.h"

enum { Max = 70, Pad = 16, Size = Max + 2 * Pad };

static uint8_t a[Size], b[Size];

static void fill(void)
{
	for (uint32_t i = 0; i < Size; i++)
		a[i] = b[i] = (uint8_t)(i * 7 + 1);
}

TEST("A04")
{
	uint32_t wrong = 0, returned = 0;

	for (uint32_t n = 0; n <= Max; n++)
		for (uint32_t from = 0; from <= Pad; from++) {
			for (uint32_t to = 0; to <= Pad; to++) {
				static uint8_t want[Size];
				fill();
				for (uint32_t i = 0; i < Size; i++)
					want[i] = a[i];
				for (uint32_t i = 0; i < n; i++)
					want[to + i] = b[from + i];
				returned += memmove(a + to, a + from, n) != a + to;
				for (uint32_t i = 0; i < Size; i++)
					wrong += a[i] != want[i];
			}
			fill();
			returned += memset(a + from, 0x1a5, n) != a + from;
			for (uint32_t i = 0; i < Size; i++)
				wrong += a[i] != (i >= from && i < from + n ? 0xa5 : b[i]);
			fill();
			memset(a, 0, Size);
			returned += memcpy(a + from, b + 3, n) != a + from;
			for (uint32_t i = 0; i < Size; i++)
				wrong += a[i] != (i >= from && i < from + n ? b[i - from + 3] : 0);
		}
	EQ(wrong, 0, "wrong bytes");
	EQ(returned, 0, "wrong results");
}
