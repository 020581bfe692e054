/*
 * image.c - opening an image, and its memory.
 *
 * Depends on the other files that image.h names; they do the reading, in the order in which
 * image_open() calls them. Everything they allocate hangs on the image and goes with it.
 */
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ERRSIZE = 256 };

bool image_bad(struct image *im, const char *fmt, ...)
{
	char *s = im->elf->err;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s, ERRSIZE, fmt, ap);
	va_end(ap);
	for (; *s; s++) /* names in a hostile file must not write on the terminal */
		if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f)
			*s = '?';
	return false;
}

const char *image_keep(struct image *im, char *s)
{
	struct elffile *e = im->elf;

	e->strings = mem_grow(e->strings, e->nstrings, &e->capstrings, sizeof *e->strings);
	e->strings[e->nstrings++] = s;
	return s;
}

/* Mapped, not read: of a large file with debug sections only a part is looked at. */
static bool map_file(struct image *im)
{
	struct elffile *e = im->elf;
	int fd = open(im->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	void *p, *copy;

	if (fd < 0)
		return image_bad(im, "cannot open it: %s", strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		close(fd);
		return image_bad(im, "%s: name a linked program", S_ISREG(st.st_mode) ? "an empty file" : "not a regular file");
	}
	e->n = (size_t)st.st_size;
	p = mmap(NULL, e->n, PROT_READ, MAP_PRIVATE, fd, 0);
	copy = mmap(NULL, e->n, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	close(fd);
	e->mapped = true;
	e->bytes = p != MAP_FAILED ? p : NULL;
	e->copy = copy != MAP_FAILED ? copy : NULL;
	return (e->bytes != NULL && e->copy != NULL) || image_bad(im, "cannot read it: %s", strerror(errno));
}

static bool copy_bytes(struct elffile *e, const void *bytes, size_t n)
{
	e->bytes = bytes;
	e->n = n;
	e->copy = mem_alloc(n ? n : 1);
	memcpy(e->copy, bytes, n);
	return true;
}

static void unmap(struct elffile *e)
{
	if (!e->mapped) {
		free(e->copy);
		return;
	}
	if (e->bytes != NULL)
		munmap((void *)e->bytes, e->n);
	if (e->copy != NULL)
		munmap(e->copy, e->n);
}

void image_replace(struct image *im, const uint8_t *bytes, size_t n)
{
	unmap(im->elf);
	im->elf->mapped = false;
	copy_bytes(im->elf, bytes, n);
}

struct image *image_open(const char *path, const void *bytes, size_t n, char err[256])
{
	struct image *im = mem_alloc(sizeof *im);
	struct elffile *e = mem_alloc(sizeof *e);
	bool good;

	err[0] = 0;
	im->path = path;
	im->elf = e;
	e->err = err;
	good = (bytes != NULL ? copy_bytes(e, bytes, n) : map_file(im)) &&
		(!pe_is(e->bytes, e->n) || pe_read(im)) && elf_read(im);
	if (good)
		elf_hide(e);
	if (good && im->arch->open != NULL)
		im->decoder = image_decoder(im);
	if (!good || !relocs_read(im) || !cfi_read(im)) {
		image_close(im);
		return NULL;
	}
	externals_read(im);
	good = symbols_read(im);
	if (good) {
		plt_read(im);
		funcs_clip(im);
		good = notes_read(im);
	}
	if (!good) {
		image_close(im);
		return NULL;
	}
	taken_read(im);
	image_seal(im);
	e->err = NULL;
	return im;
}

struct decoder *image_decoder(const struct image *im)
{
	return im->arch->open(im->arch, elf_bigcode(im));
}

void image_close(struct image *im)
{
	struct elffile *e;
	size_t i;

	if (im == NULL)
		return;
	e = im->elf;
	if (im->decoder != NULL && im->arch->close != NULL)
		im->arch->close(im->decoder);
	for (i = 0; i < im->nfuncs; i++) {
		free(im->funcs[i]->alias);
		free(im->funcs[i]);
	}
	for (i = 0; i < e->nstrings; i++)
		free(e->strings[i]);
	lines_free(e->lines);
	free(im->funcs);
	free(im->spots);
	free(e->segs);
	free(e->secs);
	free(e->exec.r);
	free(e->readonly.r);
	free(e->stubs.r);
	free(e->relocs);
	free(e->maps);
	free(e->fdes);
	free(e->cies);
	free(e->plain);
	free(e->names);
	free(e->strings);
	dwarf_end(e->dwarf);
	elf_end(e->elf);
	unmap(e);
	free(e);
	free(im);
}

const uint8_t *image_bytes(const struct image *im, addr a, size_t *n)
{
	const struct segment *s = elf_segment(im, a);

	*n = 0;
	if (s == NULL || a - s->addr >= s->filesz)
		return NULL;
	*n = s->filesz - (a - s->addr);
	return im->elf->bytes + s->off + (a - s->addr);
}

bool image_executable(const struct image *im, addr a)
{
	return ranges_find(&im->elf->exec, a) != NULL;
}

addr image_code_end(const struct image *im, addr a)
{
	const struct range *code = ranges_find(&im->elf->exec, a);

	return code != NULL ? code->hi : 0;
}

bool image_readonly(const struct image *im, addr a)
{
	return ranges_find(&im->elf->readonly, a) != NULL;
}

void image_span(const struct image *im, addr *lo, addr *hi)
{
	const struct elffile *e = im->elf;

	*lo = e->nsegs > 0 ? e->segs[0].addr : 0;
	*hi = e->nsegs > 0 ? e->segs[e->nsegs - 1].addr + e->segs[e->nsegs - 1].memsz : 0;
}

const char *image_line(const struct image *im, addr a, int *line)
{
	return lines_find(im, a, line);
}
