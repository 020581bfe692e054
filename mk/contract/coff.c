/* COFF objects, and PE images with a COFF symbol table (Microsoft PE and COFF
 * specification). Offsets are those of the file; everything is checked before it is read. */
#include "object.h"

#include <string.h>

enum { I386 = 0x14c, AMD64 = 0x8664 };
enum { HeaderSize = 20, SectionSize = 40, SymbolSize = 18 };
enum { ClassExternal = 2, ClassStatic = 3, ClassWeak = 105, TypeFunction = 2 << 4, SectionUndefined = 0, SectionAbsolute = -1 };

static uint64_t get(const struct object *o, size_t at, int width)
{
	uint64_t v = 0;

	if (at > o->n || o->n - at < (size_t)width)
		damaged(o);
	for (int i = 0; i < width; i++)
		v |= (uint64_t)o->bytes[at + i] << 8 * i;
	return v;
}

/* Offset of the COFF header. */
static size_t header(const struct object *o)
{
	return o->n >= 0x40 && memcmp(o->bytes, "MZ", 2) == 0 ? get(o, 0x3c, 4) + 4 : 0;
}

static bool is(const struct object *o)
{
	size_t h = header(o);

	return h + HeaderSize <= o->n && (h == 0 || memcmp(o->bytes + h - 4, "PE\0", 4) == 0) &&
	       (get(o, h, 2) == I386 || get(o, h, 2) == AMD64);
}

static void coffopen(struct object *o)
{
	o->width = get(o, header(o), 2) == AMD64 ? 8 : 4;
	o->big = false;
}

static size_t symboltable(const struct object *o, size_t *count)
{
	size_t at = get(o, header(o) + 8, 4);

	*count = at ? get(o, header(o) + 12, 4) : 0;
	if (*count > o->n / SymbolSize || at > o->n - *count * SymbolSize)
		damaged(o);
	return at;
}

static const char *string(const struct object *o, size_t offset)
{
	size_t count, at = symboltable(o, &count) + count * SymbolSize + offset;

	if (at >= o->n)
		damaged(o);
	return (const char *)o->bytes + at;
}

/* Of section i, from 1 on. */
static size_t sectionheader(const struct object *o, size_t i)
{
	return header(o) + HeaderSize + get(o, header(o) + 16, 2) + (i - 1) * SectionSize;
}

static uint64_t imagebase(const struct object *o)
{
	size_t optional = header(o) + HeaderSize;

	if (header(o) == 0)
		return 0;
	return o->width == 8 ? get(o, optional + 24, 8) : get(o, optional + 28, 4);
}

static bool symbols(struct object *o, void (*fn)(const struct symbol *, void *), void *arg)
{
	size_t count, table = symboltable(o, &count);
	char brief[9] = "";

	for (size_t i = 0; i < count; i += 1 + get(o, table + i * SymbolSize + 17, 1)) {
		size_t at = table + i * SymbolSize;
		int where = (int16_t)get(o, at + 12, 2), class = (int)get(o, at + 16, 1);
		struct symbol s = { brief, get(o, at + 8, 4), class != ClassExternal && class != ClassWeak,
				    where == SectionUndefined, get(o, at + 14, 2) == TypeFunction, false };
		memcpy(brief, o->bytes + at, 8);
		if (get(o, at, 4) == 0)
			s.name = string(o, get(o, at + 4, 4));
		if (where > 0)
			s.addr += imagebase(o) + get(o, sectionheader(o, (size_t)where) + 12, 4);
		if (s.name[0] && (where > 0 || where == SectionUndefined || where == SectionAbsolute) &&
		    (class == ClassExternal || class == ClassStatic || class == ClassWeak))
			fn(&s, arg);
	}
	return count != 0;
}

static const uint8_t *section(struct object *o, const char *name, size_t *n)
{
	char brief[9] = "";

	for (size_t i = 1; i <= get(o, header(o) + 2, 2); i++) {
		size_t at = sectionheader(o, i), offset = 0, start = get(o, at + 20, 4), size = get(o, at + 16, 4);
		const char *found = brief;
		memcpy(brief, o->bytes + at, 8);
		for (const char *p = brief + 1; brief[0] == '/' && *p >= '0' && *p <= '9'; p++)
			offset = offset * 10 + (size_t)(*p - '0');
		if (offset)
			found = string(o, offset);
		if (strcmp(found, name) != 0)
			continue;
		if (header(o) && get(o, at + 8, 4) < size)
			size = get(o, at + 8, 4); /* the rest of the file's is padding */
		get(o, start + size - 1, 1);
		*n = size;
		return o->bytes + start;
	}
	*n = 0;
	return 0;
}

const struct format coff_format = { is, coffopen, symbols, section, false }; /* the linker calls all of them functions */
