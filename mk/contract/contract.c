/* Holds a port against core/port.list, by what its ELF files say:
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
 * contract begins with OS_, or with SHARED_, its folder that others have, too. Depends on
 * libelf.
 */
#include <err.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static Elf *openelf(const char *name, int *fd)
{
	*fd = open(name, O_RDONLY);
	if (*fd < 0)
		err(2, "%s", name);
	Elf *e = elf_begin(*fd, ELF_C_READ, 0);
	if (!e || elf_kind(e) != ELF_K_ELF)
		errx(2, "%s: not an ELF file", name);
	/* libelf shows a file that was cut as one without symbols. */
	GElf_Ehdr eh;
	struct stat st;
	if (!gelf_getehdr(e, &eh) || fstat(*fd, &st) != 0 ||
	    eh.e_shoff + (uint64_t)eh.e_shnum * eh.e_shentsize > (uint64_t)st.st_size)
		errx(2, "%s: damaged or cut short: remove it and run make again", name);
	return e;
}

static Elf_Data *section(Elf *e, unsigned type, const char *name, GElf_Shdr *sh)
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

/* Calls fn for each symbol with a name. */
static void symbols(Elf *e, void (*fn)(const char *, const GElf_Sym *, void *), void *arg)
{
	GElf_Shdr sh;
	GElf_Sym sym;
	Elf_Data *d = section(e, SHT_SYMTAB, 0, &sh);

	for (int i = 0; d && gelf_getsym(d, i, &sym); i++) {
		const char *name = elf_strptr(e, sh.sh_link, sym.st_name);
		if (name && name[0])
			fn(name, &sym, arg);
	}
}

/* ---- objects ---- */

struct object {
	const char *path, *arch, *os, *shared, *sleep;
	const char *owner; /* "arch", "os", or nil for the rest */
	bool marked;
};

static bool begins(const char *name, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(name, prefix, n) == 0 && name[n] == '_';
}

static void objectsymbol(const char *name, const GElf_Sym *sym, void *arg)
{
	struct object *o = arg;

	if (strcmp(name, "portkit.split") == 0)
		o->marked = true;
	if (!o->owner || GELF_ST_BIND(sym->st_info) == STB_LOCAL || sym->st_shndx == SHN_UNDEF)
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
	else if (os && GELF_ST_TYPE(sym->st_info) == STT_TLS)
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
		struct object o = { *paths, arch, os, shared, sleep, strstr(*paths, "/arch/") ? "arch" : 0, false };
		int fd;
		Elf *e = openelf(*paths, &fd);
		if (strstr(*paths, "/os/"))
			o.owner = "os";
		symbols(e, objectsymbol, &o);
		if (!o.marked)
			finding("%s: built without the split plugin: its functions would not check the stack: compile it with "
				"-fplugin=.../split.so, assembly with #include \"asm.h\"",
				*paths);
		elf_end(e);
		close(fd);
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
	Elf_Data *data;
	int width;	  /* bytes of a pointer */
	bool swap;	  /* big endian */
	const char *path;
};

static uint64_t get(const struct records *rec, size_t at, int width)
{
	const uint8_t *p = (const uint8_t *)rec->data->d_buf + at;
	uint64_t v = 0;

	for (int i = 0; i < width; i++)
		v |= (uint64_t)p[rec->swap ? width - 1 - i : i] << 8 * i;
	return v;
}

static void imagesymbol(const char *name, const GElf_Sym *sym, void *arg)
{
	struct records *rec = arg;
	size_t size = 2 * rec->width + 16;
	uint64_t addr = sym->st_value;
	struct row *r = lookup(name);

	if (GELF_ST_TYPE(sym->st_info) != STT_FUNC || sym->st_shndx == SHN_UNDEF)
		return;
	for (size_t at = 0; rec->data && at + size <= rec->data->d_size; at += size) {
		if (get(rec, at, rec->width) != addr)
			continue;
		if (r && strcmp(r->stack, "nosplit") == 0 && (get(rec, at + 2 * rec->width + 8, 4) & 255) == FuncSplit)
			finding("%s: %s splits, but %s:%d says nosplit: mark it NOSPLIT", rec->path, name, listname, r->line);
		return;
	}
	finding("%s: %s has no stack record: it was compiled without the split plugin, or by a link with -flto that did not "
		"load it",
		rec->path, name);
}

static void image(const char *path)
{
	int fd;
	Elf *e = openelf(path, &fd);
	GElf_Shdr sh;
	GElf_Ehdr eh;

	if (!gelf_getehdr(e, &eh))
		errx(2, "%s: no ELF header", path);
	struct records rec = { section(e, SHT_PROGBITS, "portkit_stack", &sh), gelf_getclass(e) == ELFCLASS64 ? 8 : 4,
			       eh.e_ident[EI_DATA] == ELFDATA2MSB, path };
	if (section(e, SHT_SYMTAB, 0, &sh))
		symbols(e, imagesymbol, &rec);
	else
		finding("%s: has no symbol table, so its functions cannot be checked: link it without -s, strip it later", path);
	elf_end(e);
	close(fd);
}

int main(int argc, char **argv)
{
	elf_version(EV_CURRENT);
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
