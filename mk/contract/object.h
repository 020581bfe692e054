/* Object files and images, as the contract check sees them: elf.c, coff.c. */
#ifndef CONTRACT_OBJECT_H
#define CONTRACT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct object {
	const char *path;
	uint8_t *bytes; /* of the file; NULs follow */
	size_t n;
	int width; /* bytes of a pointer */
	bool big;  /* endian */
	const struct format *format;
	void *elf; /* elf.c's */
};

struct symbol {
	const char *name;
	uint64_t addr; /* in an image */
	bool local, undefined, function, threadlocal;
};

struct format {
	bool (*is)(const struct object *);
	void (*open)(struct object *); /* exits with 2 if the file is damaged */
	/* False if there is no symbol table. */
	bool (*symbols)(struct object *, void (*fn)(const struct symbol *, void *), void *arg);
	/* The bytes of the section, or nil. */
	const uint8_t *(*section)(struct object *, const char *name, size_t *n);
	bool labels; /* in an image, a label in the midst of a function is no function */
};
extern const struct format elf_format, coff_format;

_Noreturn void damaged(const struct object *);

#endif
