/* Reads an executable ELF file of 32 or 64 bits, little-endian. */
#include "image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned char *bytes;
static size_t nbytes;
static struct elf *elf;

static uint64_t field(uint64_t at, unsigned width)
{
	uint64_t v = 0;

	if (at > nbytes || nbytes - at < width)
		fail(elf->path, "the file ends before its headers do");
	for (unsigned i = 0; i < width; i++)
		v |= (uint64_t)bytes[at + i] << 8 * i;
	return v;
}

static void slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t room = 0, r = 1;

	if (!f)
		fail(path, "cannot be opened");
	for (; r > 0; nbytes += r) {
		if (room - nbytes < 1 << 16 && !(bytes = realloc(bytes, room = 2 * room + (1 << 17))))
			fail(path, "no memory");
		r = fread(bytes + nbytes, 1, room - nbytes, f);
	}
	if (ferror(f))
		fail(path, "cannot be read");
	fclose(f);
}

/* Fields of a program header, whose order is another for each word size. */
static struct segment segment(uint64_t at, unsigned w)
{
	uint64_t offset = field(at + (w == 8 ? 8 : 4), w);
	struct segment s = { field(at + 2 * w, w), field(at + 4 * w, w), field(at + 5 * w, w),
			     (uint32_t)field(at + (w == 8 ? 4 : 24), 4), 0 };

	if (offset > nbytes || s.filesize > nbytes - offset)
		fail(elf->path, "a segment is not in the file");
	s.bytes = bytes + offset;
	return s;
}

void readelf(struct elf *e, const char *path)
{
	enum { PT_LOAD = 1, ET_EXEC = 2 };
	unsigned w;

	elf = e;
	*e = (struct elf){ .path = path };
	slurp(path);
	if (nbytes < 64 || memcmp(bytes, "\177ELF", 4) != 0 || bytes[5] != 1 || field(16, 2) != ET_EXEC)
		fail(path, "expected a little-endian ELF executable");
	w = bytes[4] == 2 ? 8 : 4;
	e->machine = (unsigned)field(18, 2);
	if (e->machine != (w == 8 ? AMD64 : I386))
		fail(path, "expected one of 386 or amd64");
	e->entry = field(24, w);
	for (uint64_t at = field(24 + w, w), i = field(w == 8 ? 56 : 44, 2); i > 0; i--, at += w == 8 ? 56 : 32) {
		if (field(at, 4) != PT_LOAD || field(at + 5 * w, w) == 0)
			continue;
		if (e->nsegments == sizeof e->segments / sizeof *e->segments)
			fail(path, "too many segments");
		e->segments[e->nsegments++] = segment(at, w);
	}
}
