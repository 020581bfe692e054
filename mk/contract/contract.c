/* Holds a port against core/port.list, by what its object files say:
 *
 *   contract objects ARCH OS[+SHARED] "SLEEP..." core/port.list OBJECT...
 *	before linking: every symbol of the contract is there, and none besides;
 *	every object was built with the split plugin (or includes asm.h)
 *   contract image core/port.list IMAGE
 *	after linking: every function has a stack record, and those that the
 *	contract calls nosplit do not split
 *
 * One line a finding, exit 1; exit 2 for a bad call or input. An object belongs
 * to the arch or the os by the arch/ or os/ in its path. What an os has besides the
 * contract begins with OS_, or with SHARED_, its folder that others have, too.
 */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "stack.h"

struct row {
	char *name, *kind, *owner, *sleep, *stack, *meaning;
	int line;
	bool found;
};

static struct row *rows;
static size_t nrows;
static const char *listname;
static int findings;

static void finding(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	findings++;
}

static char *field(char **p)
{
	char *f = strsep(p, "\t\n");

	return f ? f : "";
}

static void readlist(const char *name)
{
	FILE *f = fopen(name, "r");
	char *line = 0;
	size_t size = 0;

	listname = name;
	if (!f)
		err(2, "%s", name);
	for (int n = 1; getline(&line, &size, f) >= 0; n++) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		rows = realloc(rows, (nrows + 1) * sizeof *rows);
		char *p = strdup(line);
		if (!rows || !p)
			err(2, "contract");
		struct row *r = &rows[nrows++];
		*r = (struct row){ .line = n, .name = field(&p), .kind = field(&p), .owner = field(&p), .stack = field(&p) };
		field(&p); /* rung */
		field(&p); /* declaration */
		r->meaning = field(&p);
		if (r->meaning[0] == 0)
			errx(2, "%s:%d: expected 7 tab-separated fields", name, n);
		r->sleep = strchr(r->owner, '/');
		if (r->sleep)
			*r->sleep++ = 0;
	}
	free(line);
	fclose(f);
}

static struct row *lookup(const char *name)
{
	for (size_t i = 0; i < nrows; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return 0;
}

void damaged(const struct object *o)
{
	errx(2, "%s: damaged or cut short: remove it and run make again", o->path);
}

static void openobject(struct object *o, const char *path)
{
	FILE *f = fopen(path, "r");
	size_t n, room = 1 << 16;

	*o = (struct object){ .path = path, .bytes = malloc(room) };
	if (!f)
		err(2, "%s", path);
	while (o->bytes && (n = fread(o->bytes + o->n, 1, room - o->n - 1, f)) > 0) {
		o->n += n;
		if (o->n + 1 == room)
			o->bytes = realloc(o->bytes, room *= 2);
	}
	if (ferror(f) || !o->bytes)
		err(2, "%s", path);
	fclose(f);
	o->bytes[o->n] = 0;
	o->format = elf_format.is(o) ? &elf_format : &coff_format;
	if (!o->format->is(o))
		errx(2, "%s: neither an ELF nor a COFF file", path);
	o->format->open(o);
}

static void closeobject(struct object *o)
{
	free(o->bytes);
}

/* ---- objects ---- */

struct part {
	const char *path, *arch, *os, *shared, *sleep;
	const char *owner; /* "arch", "os", or nil for the rest */
	bool marked;
};

static bool begins(const char *name, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(name, prefix, n) == 0 && name[n] == '_';
}

static void objectsymbol(const struct symbol *sym, void *arg)
{
	struct part *o = arg;
	const char *name = sym->name;

	if (strcmp(name, "portkit.split") == 0)
		o->marked = true;
	if (!o->owner || sym->local || sym->undefined)
		return;
	struct row *r = lookup(name);
	if (r && strcmp(r->owner, o->owner) == 0) {
		r->found = true;
		return;
	}
	bool os = strcmp(o->owner, "os") == 0;
	if (r)
		finding("%s/%s: %s defines %s, which belongs to the %s (%s:%d)", o->owner, os ? o->os : o->arch, o->path,
			name, r->owner, listname, r->line);
	else if (os && sym->threadlocal)
		return; /* g: the operand that os.mk declares */
	else if (!os || !(begins(name, o->os) || (o->shared && begins(name, o->shared))))
		finding("%s/%s: surplus symbol %s in %s: not in %s: make it static%s%s%s", o->owner, os ? o->os : o->arch,
			name, o->path, listname, os ? ", or begin its name with " : "", os ? o->os : "", os ? "_" : "");
}

static void objects(const char *arch, char *os, const char *sleep, char **paths)
{
	char *shared = strchr(os, '+');

	if (shared)
		*shared++ = 0;
	for (; *paths; paths++) {
		struct part o = { *paths, arch, os, shared, sleep, strstr(*paths, "/arch/") ? "arch" : 0, false };
		struct object file;
		openobject(&file, *paths);
		if (strstr(*paths, "/os/"))
			o.owner = "os";
		file.format->symbols(&file, objectsymbol, &o);
		if (!o.marked)
			finding("%s: built without the split plugin: its functions would not check the stack: compile it with "
				"-fplugin=.../split.so, assembly with #include \"asm.h\"",
				*paths);
		closeobject(&file);
	}
	for (struct row *r = rows; r < rows + nrows; r++) {
		bool symbol = strcmp(r->kind, "func") == 0 || strcmp(r->kind, "data") == 0;
		if (!symbol || r->found || (r->sleep && strcmp(sleep, r->sleep) != 0))
			continue;
		finding("%s/%s: missing %s: %s (%s:%d)", r->owner, strcmp(r->owner, "os") == 0 ? os : arch, r->name,
			r->meaning, listname, r->line);
	}
}

/* ---- image ---- */

struct records {
	const struct object *file;
	const uint8_t *data;
	size_t n;
};

static uint64_t get(const struct records *rec, size_t at, int width)
{
	uint64_t v = 0;

	for (int i = 0; i < width; i++)
		v |= (uint64_t)rec->data[at + (rec->file->big ? width - 1 - i : i)] << 8 * i;
	return v;
}

static void imagesymbol(const struct symbol *sym, void *arg)
{
	struct records *rec = arg;
	int width = rec->file->width;
	size_t size = 2 * width + 16;
	struct row *r = lookup(sym->name);

	if (!sym->function || sym->undefined)
		return;
	for (size_t at = 0; at + size <= rec->n; at += size) {
		if (get(rec, at, width) != sym->addr)
			continue;
		if (r && strcmp(r->stack, "nosplit") == 0 && (get(rec, at + 2 * width + 8, 4) & 255) == FuncSplit)
			finding("%s: %s splits, but %s:%d says nosplit: mark it NOSPLIT", rec->file->path, sym->name,
				listname, r->line);
		return;
	}
	if (r && !rec->file->format->labels)
		return; /* lessstack: an entry in the midst of a function */
	finding("%s: %s has no stack record: it was compiled without the split plugin, or by a link with -flto that did not "
		"load it",
		rec->file->path, sym->name);
}

static void image(const char *path)
{
	struct object file;
	struct records rec = { .file = &file };

	openobject(&file, path);
	rec.data = file.format->section(&file, "portkit_stack", &rec.n);
	if (!file.format->symbols(&file, imagesymbol, &rec))
		finding("%s: has no symbol table, so its functions cannot be checked: link it without -s, strip it later", path);
	closeobject(&file);
}

int main(int argc, char **argv)
{
	if (argc >= 7 && strcmp(argv[1], "objects") == 0) {
		readlist(argv[5]);
		objects(argv[2], argv[3], argv[4], argv + 6);
	} else if (argc == 4 && strcmp(argv[1], "image") == 0) {
		readlist(argv[2]);
		image(argv[3]);
	} else {
		errx(2, "usage: contract objects ARCH OS SLEEP LIST OBJECT... | contract image LIST IMAGE");
	}
	return findings != 0;
}
