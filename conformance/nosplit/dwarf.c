/*
 * dwarf.c - what libdw gets to see of the image.
 *
 * Depends on elf.c, libelf (which inflates) and libdw. What libdw does not see costs source
 * lines or the CFI check, never a result.
 */
#include "image.h"

#include <string.h>

enum { MAX_BYTES = 64 << 20 }; /* a section that says that it inflates to more is left out */

/* Makes data what libdw will see: inflated, in libelf's memory. */
static bool show(struct section *s)
{
	Elf_Data *d;
	GElf_Chdr c;

	if ((s->flags & SHF_COMPRESSED) && (gelf_getchdr(s->scn, &c) == NULL || c.ch_size > MAX_BYTES || elf_compress(s->scn, 0, 0) < 0))
		return false;
	d = elf_rawdata(s->scn, NULL);
	if (d == NULL || d->d_buf == NULL)
		return false;
	s->data = d->d_buf;
	s->size = d->d_size;
	return true;
}

/* Sections that libdw would look at, but must not: it searches .debug_info from the start for
 * each line table, for a directory that is not wanted; and it believes each entry of
 * .eh_frame_hdr. Without a name they are nothing to it. Headers may lie in the sections that
 * they tell of: all that changes them is done here, before what libdw will read is checked. */
void elf_hide(struct elffile *e)
{
	static const char *const shown[] = {".eh_frame", ".debug_frame", ".debug_line", ".debug_line_str"};
	bool seen[nelem(shown)] = {false};
	size_t i, k;

	for (i = 1; i < e->nsecs; i++) {
		struct section *s = &e->secs[i];
		GElf_Shdr h;

		for (k = 0; k < nelem(shown) && (s->data == NULL || strcmp(s->name, shown[k]) != 0); k++)
			;
		if (k < nelem(shown) && !seen[k] && show(s)) {
			seen[k] = true;
		} else if (gelf_getshdr(s->scn, &h) != NULL) {
			h.sh_name += (uint32_t)strlen(s->name);
			gelf_update_shdr(s->scn, &h);
			if (k < nelem(shown))
				s->data = NULL;
		}
	}
}

Dwarf *elf_dwarf(struct elffile *e)
{
	if (!e->tried)
		e->dwarf = dwarf_begin_elf(e->elf, DWARF_C_READ, NULL);
	e->tried = true;
	return e->dwarf;
}
