/* Mach-O (mach-o/loader.h), MH_EXECUTE without a dynamic linker: __PAGEZERO, __TEXT, which
 * begins with these headers, __DATA, each with its sections; LC_UNIXTHREAD with the entry. */
#include "image.h"

#include <string.h>

enum { Page = 0x1000 };
enum { Instructions = 0x80000400 /* S_ATTR_PURE_INSTRUCTIONS, S_ATTR_SOME_INSTRUCTIONS */, Zerofill = 1 };

static unsigned width; /* of an address */

static void name(struct out *o, const char *s)
{
	char field[16] = { 0 };

	memcpy(field, s, strlen(s));
	put(o, field, sizeof field);
}

/* LC_SEGMENT, LC_SEGMENT_64: its sections follow. */
static void segment(struct out *o, const char *s, uint64_t addr, uint64_t memsize, uint64_t offset, uint64_t filesize, unsigned prot, unsigned nsections)
{
	const unsigned section = width == 8 ? 80 : 68;

	putlittle(o, width == 8 ? 0x19 : 1, 4);
	putlittle(o, (width == 8 ? 72 : 56) + nsections * section, 4);
	name(o, s);
	putlittle(o, addr, width);
	putlittle(o, memsize, width);
	putlittle(o, offset, width);
	putlittle(o, filesize, width);
	putlittle(o, prot, 4); /* at most, and at first */
	putlittle(o, prot, 4);
	putlittle(o, nsections, 4);
	putlittle(o, 0, 4);
}

static void section(struct out *o, const char *s, const char *of, uint64_t addr, uint64_t size, uint64_t offset, unsigned flags)
{
	name(o, s);
	name(o, of);
	putlittle(o, addr, width);
	putlittle(o, size, width);
	putlittle(o, offset, 4);
	putlittle(o, 4, 4); /* aligned to 16 */
	putlittle(o, 0, 4); /* no relocations */
	putlittle(o, 0, 4);
	putlittle(o, flags, 4);
	fill(o, o->n + (width == 8 ? 12 : 8));
}

/* x86_THREAD_STATE: zeroes but for the pc; the kernel knows where the stack is. */
static void thread(struct out *o, uint64_t entry)
{
	const unsigned words = width == 8 ? 21 : 16, pc = width == 8 ? 16 : 10;

	putlittle(o, 5, 4); /* LC_UNIXTHREAD */
	putlittle(o, 16 + words * width, 4);
	putlittle(o, width == 8 ? 4 : 1, 4); /* flavour */
	putlittle(o, words * width / 4, 4);
	for (unsigned i = 0; i < words; i++)
		putlittle(o, i == pc ? entry : 0, width);
}

static uint64_t pages(uint64_t n)
{
	return (n + Page - 1) / Page * Page;
}

void darwin(const struct elf *e, struct out *o)
{
	const struct segment *text = &e->segments[0], *data = &e->segments[1];
	const uint64_t base = text->addr - Page, textsize = pages(Page + text->filesize);
	unsigned ncmds = 4, size;

	width = e->machine == AMD64 ? 8 : 4;
	size = 3 * (width == 8 ? 72 : 56) + 3 * (width == 8 ? 80 : 68) + (width == 8 ? 16 + 21 * 8 : 16 + 16 * 4);
	if (e->nsegments != 2 || (text->flags & 7) != 5 || (data->flags & 7) != 6)
		fail(e->path, "expected two segments: text, which can be read and executed, and data");
	if (text->addr % Page != 0 || text->addr == 0 || text->memsize != text->filesize)
		fail(e->path, "the text does not begin with a page, or has a bss");
	if (data->addr % Page != 0 || data->addr < base + textsize)
		fail(e->path, "the data do not begin with a page behind the text");
	if (e->entry - text->addr >= text->filesize)
		fail(e->path, "the entry is not in the text");
	putlittle(o, width == 8 ? 0xfeedfacf : 0xfeedface, 4);
	putlittle(o, width == 8 ? 0x1000007 : 7, 4); /* CPU_TYPE_X86_64, CPU_TYPE_X86 */
	putlittle(o, 3, 4);			     /* every one of them */
	putlittle(o, 2, 4);			     /* MH_EXECUTE */
	putlittle(o, ncmds, 4);
	putlittle(o, size, 4);
	putlittle(o, 1, 4); /* MH_NOUNDEFS */
	if (width == 8)
		putlittle(o, 0, 4);
	segment(o, "__PAGEZERO", 0, base, 0, 0, 0, 0);
	segment(o, "__TEXT", base, textsize, 0, textsize, 5, 1);
	section(o, "__text", "__TEXT", text->addr, text->filesize, Page, Instructions);
	segment(o, "__DATA", data->addr, pages(data->memsize), textsize, data->filesize, 3, 2);
	section(o, "__data", "__DATA", data->addr, data->filesize, (unsigned)textsize, 0);
	section(o, "__bss", "__DATA", data->addr + data->filesize, data->memsize - data->filesize, 0, Zerofill);
	thread(o, e->entry);
	fill(o, Page);
	put(o, text->bytes, text->filesize);
	fill(o, textsize);
	put(o, data->bytes, data->filesize);
}
