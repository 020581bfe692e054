/* Plan 9's a.out(6): eight big-endian words, for amd64 the entry in 64 bits behind them;
 * text with these headers in its first page; data at the next multiple of the segment
 * alignment; no symbols. */
#include "image.h"

void plan9(const struct elf *e, struct out *o)
{
	const struct segment *text = &e->segments[0], *data = &e->segments[1];
	const int wide = e->machine == AMD64;
	const uint64_t magic = wide ? 0x8a97 : 0x1eb, align = wide ? 0x200000 : 0x1000;
	const uint64_t base = wide ? 0x200000 : 0x1000, header = wide ? 40 : 32;

	if (e->nsegments != 2 || (text->flags & 7) != 5 || (data->flags & 7) != 6)
		fail(e->path, "expected two segments: text, which can be read and executed, and data");
	if (text->addr != base + header || text->memsize != text->filesize)
		fail(e->path, "the text does not begin where the kernel puts it, behind the header");
	if (data->addr != (text->addr + text->filesize + align - 1) / align * align)
		fail(e->path, "the data do not begin where the kernel puts them, behind the text");
	if (e->entry - text->addr >= text->filesize)
		fail(e->path, "the entry is not in the text");
	putbig(o, magic, 4);
	putbig(o, text->filesize, 4);
	putbig(o, data->filesize, 4);
	putbig(o, data->memsize - data->filesize, 4);
	putbig(o, 0, 4); /* symbols */
	putbig(o, e->entry, 4);
	putbig(o, 0, 4); /* tables of sp and pc */
	putbig(o, 0, 4);
	if (wide)
		putbig(o, e->entry, 8);
	put(o, text->bytes, text->filesize);
	put(o, data->bytes, data->filesize);
}
