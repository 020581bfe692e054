/*
 * inflate.c - compressed debug sections.
 *
 * Depends on zlib, which elfutils needs as well. A section that is not what it says, or that
 * would take more than MAX_BYTES, is left out: it costs source lines or the CFI check, never
 * a result.
 */
#include "image.h"

#include <stdlib.h>
#include <zlib.h>

enum { MAX_BYTES = 256 << 20, MAX_RATIO = 1040 /* that deflate can reach */ };

bool elf_inflate(struct image *im, struct section *s)
{
	struct reader r = elf_reader(im, s);
	uint32_t type;
	uint64_t size;
	uLongf n;
	uint8_t *p;

	if (!(s->flags & SHF_COMPRESSED) || s->inflated != NULL)
		return true;
	type = (uint32_t)rd(&r, 4);
	if (im->elf->is64)
		rd(&r, 4);
	size = rd_word(&r);
	rd_word(&r);
	if (r.bad || type != ELFCOMPRESS_ZLIB || size == 0 || size > MAX_BYTES || size / MAX_RATIO > rd_left(&r))
		return false;
	n = (uLongf)size;
	p = mem_alloc(size);
	if (uncompress(p, &n, r.p, (uLong)rd_left(&r)) != Z_OK || n != size) {
		free(p);
		return false;
	}
	s->data = s->inflated = p;
	s->size = size;
	return true;
}
