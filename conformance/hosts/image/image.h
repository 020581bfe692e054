/* image FORMAT ELF IMAGE: makes the file that an OS loads of a linked ELF one.
 *
 *	elf		reads it: its segments
 *	plan9 darwin	write one format each, by elf.c's segments
 */
#ifndef IMAGE_H
#define IMAGE_H

#include <stddef.h>
#include <stdint.h>

struct segment {
	uint64_t addr, filesize, memsize;
	uint32_t flags; /* PF_R 4, PF_W 2, PF_X 1 */
	const unsigned char *bytes;
};

enum { I386 = 3, AMD64 = 62 }; /* e_machine */

struct elf {
	const char *path;
	unsigned machine;
	uint64_t entry;
	size_t nsegments;
	struct segment segments[8]; /* PT_LOAD, in the order of the file */
};

struct out {
	unsigned char *bytes;
	size_t n, room;
};

void readelf(struct elf *e, const char *path);
_Noreturn void fail(const char *path, const char *why);

/* Adds bytes to the image. */
void put(struct out *o, const void *p, size_t n);
void putbig(struct out *o, uint64_t v, unsigned width);
void putlittle(struct out *o, uint64_t v, unsigned width);
void fill(struct out *o, size_t upto); /* zeroes */

void plan9(const struct elf *e, struct out *o);
void darwin(const struct elf *e, struct out *o);

#endif
