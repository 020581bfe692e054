/*
 * notes.c - the section .nosplit: what the program says of itself.
 *
 * Depends on elf.c and funcs.c. The records are checked before anything believes them: a note
 * that is no longer true of the code would prove too much. A record about address 0 is of a
 * function that the linker threw away.
 */
#include "image.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct record {
	size_t i;
	uint64_t kind;
	addr where, what;
	int64_t value;
};

static const char *const kinds[] = {
	[NOTE_VERSION] = "VERSION", [NOTE_LIMIT] = "LIMIT", [NOTE_SMALL] = "SMALL", [NOTE_FUNC] = "FUNC",
	[NOTE_ROOT] = "ROOT", [NOTE_SWITCH] = "SWITCH", [NOTE_CALLS] = "CALLS", [NOTE_ENTER] = "ENTER",
	[NOTE_LEAVE] = "LEAVE", [NOTE_EXEMPT] = "EXEMPT", [NOTE_BODY] = "BODY",
};

static addr code_address(const struct image *im, uint64_t a)
{
	return im->arch->thumb ? a & ~UINT64_C(1) : a;
}

/* The function at a; a label that no symbol made one becomes one. */
static struct func *function(struct image *im, const struct record *r, uint64_t a)
{
	addr start = code_address(im, a);
	struct func *f = image_at(im, start);
	int mode;

	if (f == NULL && image_executable(im, start)) {
		mode = mapping_mode(im, start);
		f = mode == -1 ? NULL : image_add(im, start, mode >= 0 ? mode : (int)(a & im->arch->thumb), FROM_NOTYPE);
	}
	if (f == NULL)
		image_bad(im, "section .nosplit: record %zu (%s) is about address 0x%" PRIx64 ", which is not code: build the program again", r->i, kinds[r->kind], a);
	return f;
}

static bool contradiction(struct image *im, const struct record *r, const char *what, int64_t old)
{
	return image_bad(im, "section .nosplit: record %zu (%s) says %" PRId64 " where an earlier one says %" PRId64 "%s: build all of the program with the same settings",
		r->i, kinds[r->kind], r->value, old, what);
}

static bool read_number(struct image *im, const struct record *r, int64_t *number)
{
	if (r->value < 0)
		return image_bad(im, "section .nosplit: record %zu (%s) says %" PRId64 " bytes, which is less than none: build the program again", r->i, kinds[r->kind], r->value);
	if (*number >= 0 && *number != r->value)
		return contradiction(im, r, "", *number);
	*number = r->value;
	return true;
}

static bool read_func(struct image *im, const struct record *r)
{
	struct func *f = function(im, r, r->where);

	if (f == NULL)
		return false;
	switch (r->kind) {
	case NOTE_FUNC:
		if (r->value <= FUNC_UNKNOWN || r->value > FUNC_ASM)
			return image_bad(im, "section .nosplit: record %zu (FUNC) says kind %" PRId64 " where 1 to %d are meant: build nosplit and the program from one source", r->i, r->value, FUNC_ASM);
		if (f->kind != FUNC_UNKNOWN && f->kind != r->value)
			return contradiction(im, r, " of the same function", f->kind);
		f->kind = (uint8_t)r->value;
		return true;
	case NOTE_ROOT:
		if (r->value < 0)
			return image_bad(im, "section .nosplit: record %zu (ROOT) says %" PRId64 " bytes, which is less than none: build the program again", r->i, r->value);
		if (f->limit != 0 && r->value != 0 && f->limit != r->value)
			return contradiction(im, r, " of the same function", f->limit);
		if (r->value != 0)
			f->limit = r->value;
		f->flags |= FN_ROOT;
		return true;
	case NOTE_ENTER: f->flags |= FN_ENTER; break;
	case NOTE_LEAVE: f->flags |= FN_LEAVE; break;
	}
	if ((f->flags & FN_ENTER) && (f->flags & FN_LEAVE))
		return image_bad(im, "section .nosplit: record %zu (%s): one function both enters and leaves syscall status: build the program again", r->i, kinds[r->kind]);
	return true;
}

static bool read_body(struct image *im, const struct record *r)
{
	struct func *part = function(im, r, r->where), *whole = part != NULL ? function(im, r, r->what) : NULL;

	if (whole == NULL)
		return false;
	if (part->whole != NULL && part->whole != whole)
		return image_bad(im, "section .nosplit: record %zu (BODY): the function at 0x%" PRIx64 " is a part of two: build the program again", r->i, r->where);
	if (part->whole == NULL && !func_part_of(part, whole))
		return image_bad(im, "section .nosplit: record %zu (BODY): the function at 0x%" PRIx64 " is a part of itself: build the program again", r->i, r->where);
	return true;
}

static bool read_spot(struct image *im, const struct record *r, size_t *cap)
{
	struct notespot s = {.where = code_address(im, r->where), .value = r->value, .kind = (uint8_t)r->kind};
	struct func *f;

	if (!image_executable(im, s.where))
		return image_bad(im, "section .nosplit: record %zu (%s) is about address 0x%" PRIx64 ", which is not code: build the program again", r->i, kinds[r->kind], r->where);
	if (r->kind == NOTE_CALLS && r->what != 0) {
		f = function(im, r, r->what);
		if (f == NULL)
			return false;
		s.what = f->start;
	}
	if (r->kind == NOTE_EXEMPT && r->value != 1 && r->value != -1)
		return image_bad(im, "section .nosplit: record %zu (EXEMPT) says %" PRId64 " where 1 or -1 are meant: build nosplit and the program from one source", r->i, r->value);
	if (r->kind == NOTE_SWITCH && (r->value < 0 || r->value > SWITCH_GONE))
		return image_bad(im, "section .nosplit: record %zu (SWITCH) says %" PRId64 " where 0 to %d are meant: build nosplit and the program from one source", r->i, r->value, SWITCH_GONE);
	im->spots = mem_grow(im->spots, im->nspots, cap, sizeof *im->spots);
	im->spots[im->nspots++] = s;
	im->switches = im->switches || s.kind == NOTE_SWITCH;
	return true;
}

static bool read_record(struct image *im, const struct record *r, size_t *cap)
{
	switch (r->kind) {
	case NOTE_VERSION:
		return r->value == 1 || image_bad(im, "section .nosplit: record %zu: version %" PRId64 " where 1 is known: use the nosplit that belongs to the compiler plugin", r->i, r->value);
	case NOTE_LIMIT: return read_number(im, r, &im->limit);
	case NOTE_SMALL: return read_number(im, r, &im->small);
	case NOTE_FUNC:
	case NOTE_ROOT:
	case NOTE_ENTER:
	case NOTE_LEAVE: return r->where == 0 || read_func(im, r);
	case NOTE_BODY: return r->where == 0 || read_body(im, r);
	case NOTE_SWITCH:
	case NOTE_CALLS:
	case NOTE_EXEMPT: return r->where == 0 || read_spot(im, r, cap);
	default:
		return image_bad(im, "section .nosplit: record %zu is of kind %" PRIu64 " where 1 to %d are known: build nosplit and the program from one source", r->i, r->kind, NOTE_BODY);
	}
}

static int by_where(const void *x, const void *y)
{
	const struct notespot *a = x, *b = y;

	if (a->where != b->where)
		return a->where < b->where ? -1 : 1;
	if (a->kind != b->kind)
		return (int)a->kind - (int)b->kind;
	return a->what < b->what ? -1 : a->what > b->what;
}

bool notes_read(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i, cap = 0;

	im->limit = im->small = -1;
	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];
		struct reader r;
		struct record rec = {0};

		if (s->data == NULL || strcmp(s->name, ".nosplit") != 0)
			continue;
		im->hasnotes = true;
		if (s->size % (4u * im->arch->ptrsize) != 0)
			return image_bad(im, "section .nosplit: 0x%" PRIx64 " bytes are no whole number of records of %d: build the program again", s->size, 4 * im->arch->ptrsize);
		for (r = elf_reader(im, s); rd_left(&r) > 0; rec.i++) {
			rec.kind = rd_word(&r);
			rec.where = rd_word(&r);
			rec.what = rd_word(&r);
			rec.value = sign_extend(rd_word(&r), im->arch->ptrsize);
			if (!read_record(im, &rec, &cap))
				return false;
		}
	}
	if (im->nspots > 0)
		qsort(im->spots, im->nspots, sizeof *im->spots, by_where);
	return true;
}
