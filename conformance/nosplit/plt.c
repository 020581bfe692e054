/*
 * plt.c - PLT stubs, linker veneers, and the functions of other images.
 *
 * Depends on reloc.c and funcs.c, and for arm on the arch's veneer(). Each stub becomes a
 * function NAME@plt; image_through() follows stubs and veneers to the function that runs in
 * the end, or to the stub of an IFUNC. What another image defines is a function without bytes, one a name.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_HOPS = 16 };

static int by_string(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The symbol that a relocation names, if another image is to define it. */
static bool imported(const struct image *im, const struct reloc *r, struct symbol *s)
{
	enum relockind kind = reloc_kind(im, r);

	return (kind == REL_SLOT || kind == REL_GLOB || kind == REL_SYMBOL) && r->symtab != NULL && r->sym != 0 &&
		elf_symbol(im, r->symtab, r->sym, s) && s->shndx == SHN_UNDEF && s->name[0] != 0 &&
		(s->type == STT_FUNC || s->type == STT_NOTYPE || s->type == STT_GNU_IFUNC);
}

void externals_read(struct image *im)
{
	struct elffile *e = im->elf;
	const char **names = NULL;
	size_t i, n = 0, cap = 0;
	struct symbol s;

	for (i = 0; i < e->nrelocs; i++) {
		if (!imported(im, &e->relocs[i], &s))
			continue;
		names = mem_grow(names, n, &cap, sizeof *names);
		names[n++] = s.name;
	}
	if (n > 0)
		qsort(names, n, sizeof *names, by_string);
	for (i = 0; i < n; i++) {
		struct func *f;

		if (i > 0 && strcmp(names[i], names[i - 1]) == 0)
			continue;
		f = func_new(im, 0, 0, names[i], MODE_PLAIN, FROM_PLT);
		f->flags = FN_EXTERNAL;
		funcs_insert(im, f);
		e->nexternals++;
	}
	free(names);
}

static struct func *external(const struct image *im, const char *name)
{
	size_t lo = 0, hi = im->elf->nexternals;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(im->funcs[mid]->name, name);

		if (order == 0)
			return im->funcs[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* The function at an address with the mode in its bit 0. */
static struct func *target(struct image *im, addr a)
{
	if (!im->arch->thumb)
		return image_add(im, a, MODE_PLAIN, FROM_CALL);
	return image_add(im, a & ~UINT64_C(1), a & 1 ? MODE_THUMB : MODE_PLAIN, FROM_CALL);
}

/* ifunc: f chooses the one that is meant. */
static struct func *slot_function(struct image *im, addr slot, bool *ifunc)
{
	const struct reloc *r = reloc_at(im, slot);
	struct symbol s;
	struct func *f;
	uint64_t v;

	*ifunc = false;
	if (r == NULL)
		return NULL;
	if (imported(im, r, &s))
		return external(im, s.name);
	if (reloc_kind(im, r) == REL_IRELATIVE) {
		f = target(im, r->addend);
	} else if (reloc_value(im, r, &v)) {
		return target(im, v);
	} else if (reloc_kind(im, r) != REL_OTHER && r->symtab != NULL && elf_symbol(im, r->symtab, r->sym, &s) && s.type == STT_GNU_IFUNC) {
		f = target(im, s.value);
	} else {
		return NULL;
	}
	*ifunc = f != NULL;
	if (f != NULL)
		f->flags |= FN_IFUNC;
	return f;
}

struct func *image_slot(struct image *im, addr slot)
{
	bool ifunc;

	return slot_function(im, slot, &ifunc);
}

struct func *image_resolver(struct image *im, struct func *f)
{
	bool ifunc;
	struct func *g = (f->flags & FN_PLT) && node_of(f)->slot != 0 ? slot_function(im, node_of(f)->slot, &ifunc) : NULL;

	return g != NULL && ifunc ? g : NULL;
}

/* jmp *slot, behind an optional endbr and bnd; 386 PIC code goes through ebx. */
static bool x86_stub(const struct image *im, addr pc, const uint8_t *p, size_t n, addr *slot)
{
	size_t i = 0;
	int64_t disp;

	if (n >= 4 && p[0] == 0xf3 && p[1] == 0x0f && p[2] == 0x1e && (p[3] == 0xfa || p[3] == 0xfb))
		i = 4;
	if (i < n && p[i] == 0xf2)
		i++;
	if (n - i < 6 || p[i] != 0xff)
		return false;
	disp = sign_extend(word_at(p + i + 2, 4, false), 4);
	if (p[i + 1] == 0x25)
		*slot = im->elf->is64 ? pc + i + 6 + (uint64_t)disp : (uint32_t)disp;
	else if (p[i + 1] == 0xa3 && !im->elf->is64 && im->got != 0)
		*slot = (uint32_t)(im->got + (uint64_t)disp);
	else
		return false;
	return true;
}

/* add ip, pc, #; add ip, ip, # (once or twice); ldr pc, [ip, #]! where the arch says nothing. */
static bool arm_stub(const struct image *im, addr pc, const uint8_t *p, size_t n, addr *slot)
{
	bool big = elf_bigcode(im);
	uint32_t ip = (uint32_t)pc + 8;
	size_t i;

	for (i = 0; i < 4 && n >= 4; i++, p += 4, n -= 4) {
		uint32_t w = (uint32_t)word_at(p, 4, big), rot = w >> 7 & 0x1e, imm = w & 0xff;

		if (i > 0 && (w & 0xfffff000) == 0xe5bcf000) {
			*slot = ip + (w & 0xfff);
			return true;
		}
		if ((w & 0xfffff000) != (i == 0 ? 0xe28fc000 : 0xe28cc000))
			return false;
		ip += rot ? imm >> rot | imm << (32 - rot) : imm;
	}
	return false;
}

/* bx pc; nop: the way into an A32 stub from T32 code. */
static bool from_thumb(const struct image *im, const uint8_t *p, size_t n)
{
	bool big = elf_bigcode(im);

	return im->arch->thumb && n >= 4 && word_at(p, 2, big) == 0x4778 &&
		(word_at(p + 2, 2, big) == 0x46c0 || word_at(p + 2, 2, big) == 0xbf00 || word_at(p + 2, 2, big) == 0xe7fd);
}

static bool stub(const struct image *im, addr pc, const uint8_t *p, size_t n, int mode, addr *slot)
{
	addr to = 0;
	uint8_t tomode;

	*slot = 0;
	if (im->arch->lr == NoReg)
		return x86_stub(im, pc, p, n, slot);
	if (im->arch->thumb && mode == MODE_PLAIN && arm_stub(im, pc, p, n, slot))
		return true;
	return im->arch->veneer != NULL && im->decoder != NULL &&
		im->arch->veneer(im->decoder, pc, p, n, mode, slot, &to, &tomode) && *slot != 0;
}

static struct func *add_stub(struct image *im, addr start, addr end, int mode, addr slot)
{
	struct func *to = image_slot(im, slot), *f = image_at(im, start);

	if (f == NULL) {
		f = func_new(im, start, end, to != NULL ? image_keep(im, mem_fmt("%s@plt", to->name)) : NULL, mode, FROM_PLT);
		node_of(f)->local = true;
		funcs_insert(im, f);
	}
	f->flags |= FN_PLT;
	node_of(f)->slot = slot;
	return f;
}

static void read_stubs(struct image *im, const struct section *s)
{
	unsigned step = im->arch->thumb ? 4 : 8;
	struct func *last = NULL, *thumb = NULL;
	uint64_t off;

	for (off = 0; off + 4 <= s->size; off += step) {
		int mode = mapping_mode(im, s->addr + off);
		const uint8_t *p = s->data + off;
		size_t n = s->size - off;
		addr pc = s->addr + off, slot;

		if (mode == -1)
			continue;
		if (from_thumb(im, p, n) && stub(im, pc + 4, p + 4, n - 4, MODE_PLAIN, &slot)) {
			if (last != NULL)
				last->end = pc;
			last = thumb = add_stub(im, pc, s->addr + s->size, MODE_THUMB, slot);
			continue;
		}
		if (thumb != NULL)
			thumb->end = pc;
		thumb = NULL;
		if (!stub(im, pc, p, n, mode < 0 ? MODE_PLAIN : mode, &slot))
			continue;
		if (last != NULL && last->end > pc)
			last->end = pc;
		last = add_stub(im, pc, s->addr + s->size, mode < 0 ? MODE_PLAIN : mode, slot);
		if (!im->arch->thumb) {
			/* jmp *slot; xchg %ax, %ax: nothing is bound lazily, in static programs above all. */
			bool two = n >= 8 && p[0] == 0xff && p[6] == 0x66 && p[7] == 0x90;
			uint64_t size = s->entsize == 8 || two || (strcmp(s->name, ".plt.got") == 0 && p[0] == 0xff) ? 8 : 16;

			if (size < n)
				last->end = pc + size;
			off += size - 8;
		}
	}
}

void plt_read(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i;

	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];

		if (s->data != NULL && s->size > 0 && ranges_find(&e->stubs, s->addr) != NULL && (s->flags & SHF_EXECINSTR) && (s->flags & SHF_ALLOC))
			read_stubs(im, s);
	}
}

/*
 * Whether f's first branch is a direct one in its own mode: a function that jumps elsewhere at
 * once is one all the same. Linkers need no such veneer.
 */
static bool tail_call(const struct image *im, const struct func *f, const uint8_t *p, size_t n)
{
	struct insn insn;
	size_t at, i;

	for (at = i = 0; i < MAX_HOPS && at < n; i++, at += insn.len) {
		if (!im->arch->decode(im->decoder, f->start + at, p + at, n - at, f->mode, &insn) || insn.len == 0)
			return false;
		if (insn.flow != FLOW_NEXT)
			return insn.flow == FLOW_JUMP && insn.targetmode == f->mode;
	}
	return false;
}

/* Where f jumps at once, or nil. */
static struct func *next_hop(struct image *im, struct func *f)
{
	const struct node *n = node_of(f);
	addr slot = 0, to = 0;
	uint8_t mode = MODE_PLAIN;
	const uint8_t *p;
	size_t size;
	struct func *g;
	uint64_t v;
	bool ifunc;

	if (f->flags & FN_EXTERNAL)
		return NULL;
	if ((f->flags & FN_PLT) && n->slot != 0) {
		g = slot_function(im, n->slot, &ifunc);
		return ifunc ? NULL : g;
	}
	p = image_bytes(im, f->start, &size);
	if (p == NULL || im->arch->veneer == NULL || im->decoder == NULL)
		return NULL;
	if (size > f->end - f->start)
		size = f->end - f->start;
	if (tail_call(im, f, p, size) || !im->arch->veneer(im->decoder, f->start, p, size, f->mode, &slot, &to, &mode))
		return NULL;
	if (slot == 0)
		return image_executable(im, to) ? image_add(im, to, mode, FROM_CALL) : NULL;
	g = slot_function(im, slot, &ifunc);
	if (ifunc)
		return NULL;
	if (g == NULL && image_readonly(im, slot) && image_word(im, slot, im->arch->ptrsize, false, &v))
		g = target(im, v);
	return g;
}

struct func *image_through(struct image *im, struct func *f)
{
	struct func *g = f, *next;
	unsigned hops;

	if (node_of(f)->through != NULL)
		return node_of(f)->through;
	for (hops = 0; hops < MAX_HOPS && (next = next_hop(im, g)) != NULL && next != g; hops++)
		g = next;
	if (hops == MAX_HOPS) /* in a circle */
		g = f;
	node_of(f)->through = g;
	return g;
}
