/* ELF, by libelf. */
#include "object.h"

#include <err.h>
#include <gelf.h>
#include <string.h>

static bool is(const struct object *o)
{
	return o->n >= SELFMAG && memcmp(o->bytes, ELFMAG, SELFMAG) == 0;
}

static void elfopen(struct object *o)
{
	GElf_Ehdr eh;

	elf_version(EV_CURRENT);
	o->elf = elf_memory((char *)o->bytes, o->n);
	/* libelf shows a file that was cut as one without symbols. */
	if (!o->elf || !gelf_getehdr(o->elf, &eh) || eh.e_shoff + (uint64_t)eh.e_shnum * eh.e_shentsize > o->n)
		damaged(o);
	o->width = gelf_getclass(o->elf) == ELFCLASS64 ? 8 : 4;
	o->big = eh.e_ident[EI_DATA] == ELFDATA2MSB;
}

static Elf_Data *find(Elf *e, unsigned type, const char *name, GElf_Shdr *sh)
{
	size_t strings;

	if (elf_getshdrstrndx(e, &strings) != 0)
		return 0;
	for (Elf_Scn *s = elf_nextscn(e, 0); s; s = elf_nextscn(e, s)) {
		if (!gelf_getshdr(s, sh) || sh->sh_type != type)
			continue;
		const char *n = elf_strptr(e, strings, sh->sh_name);
		if (!name || (n && strcmp(n, name) == 0))
			return elf_getdata(s, 0);
	}
	return 0;
}

static bool symbols(struct object *o, void (*fn)(const struct symbol *, void *), void *arg)
{
	GElf_Shdr sh;
	GElf_Sym sym;
	Elf_Data *d = find(o->elf, SHT_SYMTAB, 0, &sh);

	for (int i = 0; d && gelf_getsym(d, i, &sym); i++) {
		int type = GELF_ST_TYPE(sym.st_info);
		struct symbol s = { elf_strptr(o->elf, sh.sh_link, sym.st_name), sym.st_value,
				    GELF_ST_BIND(sym.st_info) == STB_LOCAL, sym.st_shndx == SHN_UNDEF,
				    type == STT_FUNC, type == STT_TLS };
		if (s.name && s.name[0])
			fn(&s, arg);
	}
	return d;
}

static const uint8_t *section(struct object *o, const char *name, size_t *n)
{
	GElf_Shdr sh;
	Elf_Data *d = find(o->elf, SHT_PROGBITS, name, &sh);

	*n = d ? d->d_size : 0;
	return d ? d->d_buf : 0;
}

const struct format elf_format = { is, elfopen, symbols, section, true };
