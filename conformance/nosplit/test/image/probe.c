/*
 * probe.c - see probe.h. Depends on nothing but the image and malloc: under AddressSanitizer
 * a byte read outside is a report.
 */
#include "probe.h"

#include <stdlib.h>
#include <string.h>

unsigned long probe(struct image *im)
{
	size_t i, k, n, count = im->nfuncs;
	unsigned long sum = 0;
	uint64_t v;
	int line;

	for (i = 0; i < count; i++) {
		struct func *f = im->funcs[i];
		struct cfirow *rows = image_cfi(im, f->start, f->end, &n);
		const uint8_t *p;

		for (k = 0; k < n; k++)
			sum += (unsigned long)rows[k].off;
		free(rows);
		p = image_bytes(im, f->start, &n);
		for (k = 0; p != NULL && k < n && k < 64; k++)
			sum += p[k];
		sum += image_line(im, f->start, &line) != NULL;
		sum += image_line(im, f->end - 1, &line) != NULL;
		sum += (unsigned)image_mode(im, f->start + 4);
		sum += image_word(im, f->start - 3, 4, true, &v);
		sum += image_readonly(im, f->start);
		sum += image_named(im, f->name) == f;
		sum += image_func(im, f->end) == f;
		image_through(im, f);
		image_add(im, f->start + (f->end - f->start) / 2 / 4 * 4, (int)(i & 1), FROM_CALL);
	}
	for (i = 0; i < im->elf->nrelocs; i++) {
		sum += image_slot(im, im->elf->relocs[i].where) != NULL;
		sum += image_word(im, im->elf->relocs[i].where - 1, 8, true, &v);
		sum += image_word(im, im->elf->relocs[i].where, im->arch->ptrsize, true, &v);
	}
	image_seal(im);
	for (i = 1; i < im->nfuncs; i++)
		if (im->funcs[i]->start < im->funcs[i - 1]->start ||
			(im->funcs[i]->start < im->funcs[i - 1]->end && !(im->funcs[i]->flags & FN_INNER) && !(im->funcs[i - 1]->flags & FN_INNER)))
			fatal("functions %s and %s are out of order", im->funcs[i - 1]->name, im->funcs[i]->name);
	return sum;
}

bool probe_bytes(const uint8_t *bytes, size_t n, char err[256])
{
	uint8_t *copy = malloc(n ? n : 1); /* of exactly this size */
	struct image *im;
	const char *p;

	memcpy(copy, bytes, n);
	im = image_open("bytes", copy, n, err);
	if (im != NULL) {
		probe(im);
		image_close(im);
	} else {
		for (p = err; *p; p++)
			if (*p < ' ' || *p > '~')
				fatal("a refusal with a character 0x%02x", (unsigned char)*p);
		if (p - err < 20 || p - err > 254 || strstr(err, ": ") == NULL)
			fatal("a refusal that says too little or is cut off: %s", err);
	}
	free(copy);
	return im != NULL;
}
