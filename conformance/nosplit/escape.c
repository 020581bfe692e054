/*
 * escape.c - makes any bytes harmless in each format.
 *
 * What a terminal, a parser or a reader could be fooled with is shown as \xHH: control
 * characters, invalid UTF-8, and the characters that are invisible or reorder the text around
 * them. What is left is escaped as the format asks. A name ends after MaxName bytes with "...":
 * string tables of ELF overlap, so a small file can hold a large number of large names.
 */
#include "user.h"

#include <string.h>

enum { MaxName = 4096 };

/* Decodes one character of at most 4 bytes: its length, or 0 if it is not to be shown. */
static size_t shown(const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;
	uint32_t c = s[0];
	size_t len, i;

	if (c < 0x80)
		return c >= 0x20 && c != 0x7f;
	len = c >= 0xf0 && c < 0xf5 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 && c < 0xe0 ? 2 : 0;
	if (len == 0 || len > n)
		return 0;
	c &= 0x7fu >> len;
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if ((len == 3 && c < 0x800) || (len == 4 && c < 0x10000) || c > 0x10ffff)
		return 0;
	/* C1 controls; surrogates and non-characters, which XML cannot hold. */
	if (c < 0xa0 || (c >= 0xd800 && c < 0xe000) || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c < 0xfdf0))
		return 0;
	/* Invisible, or changes the order of what is around it. */
	if (c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
		(c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || c >= 0xe0000)
		return 0;
	return len;
}

/* One character that is fit to be shown; n bytes. */
typedef void escape(struct buf *, const char *p, size_t n);

static void each(struct buf *b, const char *s, escape *put, bool text)
{
	size_t n = s != NULL ? strlen(s) : 0, i = 0, max = text || n < MaxName ? n : MaxName;

	while (i < max) {
		size_t len = text && (s[i] == '\n' || s[i] == '\t') ? 1 : shown(s + i, n - i), k;
		char hex[8];

		if (len > 0) {
			put(b, s + i, len);
			i += len;
			continue;
		}
		snprintf(hex, sizeof hex, "\\x%02x", (unsigned char)s[i++]);
		for (k = 0; k < 4; k++)
			put(b, hex + k, 1);
	}
	for (i = 0; max < n && i < 3; i++)
		put(b, ".", 1);
}

static void plain(struct buf *b, const char *p, size_t n)
{
	buf_add(b, p, n);
}

static void json(struct buf *b, const char *p, size_t n)
{
	switch (*p) {
	case '"':
	case '\\': buf_fmt(b, "\\%c", *p); break;
	case '\n': buf_str(b, "\\n"); break;
	case '\t': buf_str(b, "\\t"); break;
	case '<': buf_str(b, "\\u003c"); break; /* JSON inside of a page stays inside */
	default: buf_add(b, p, n);
	}
}

static void markup(struct buf *b, const char *p, size_t n)
{
	switch (*p) {
	case '&': buf_str(b, "&amp;"); break;
	case '<': buf_str(b, "&lt;"); break;
	case '>': buf_str(b, "&gt;"); break;
	case '"': buf_str(b, "&quot;"); break;
	case '\'': buf_str(b, "&#39;"); break;
	default: buf_add(b, p, n);
	}
}

static void dot(struct buf *b, const char *p, size_t n)
{
	if (*p == '"' || *p == '\\')
		buf_fmt(b, "\\%c", *p);
	else
		buf_add(b, p, n);
}

static void markdown(struct buf *b, const char *p, size_t n)
{
	/* Emphasis, code, links, tables, mentions, tags; and "://", which becomes a link by itself. */
	if (strchr("\\`*_[]|~@<>&", *p) != NULL || (*p == ':' && p[1] == '/'))
		buf_fmt(b, "&#%d;", *p);
	else
		buf_add(b, p, n);
}

static void github(struct buf *b, const char *p, size_t n)
{
	if (*p == '%' || *p == '\n' || *p == ':' || *p == ',')
		buf_fmt(b, "%%%02X", *p);
	else
		buf_add(b, p, n);
}

static void githubtext(struct buf *b, const char *p, size_t n)
{
	if (*p == '%' || *p == '\n')
		buf_fmt(b, "%%%02X", *p);
	else
		buf_add(b, p, n);
}

void put_clean(struct buf *b, const char *s)
{
	each(b, s, plain, false);
}

void put_json(struct buf *b, const char *s)
{
	buf_str(b, "\"");
	each(b, s, json, false);
	buf_str(b, "\"");
}

void put_json_text(struct buf *b, const char *s)
{
	buf_str(b, "\"");
	each(b, s, json, true);
	buf_str(b, "\"");
}

void put_markup(struct buf *b, const char *s)
{
	each(b, s, markup, false);
}

void put_markup_text(struct buf *b, const char *s)
{
	each(b, s, markup, true);
}

void put_dot(struct buf *b, const char *s)
{
	each(b, s, dot, false);
}

void put_markdown(struct buf *b, const char *s)
{
	each(b, s, markdown, false);
}

void put_github(struct buf *b, const char *s)
{
	each(b, s, github, false);
}

void put_github_text(struct buf *b, const char *s)
{
	each(b, s, githubtext, true);
}

void put_uri(struct buf *b, const char *s)
{
	for (; *s; s++) {
		if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || strchr("/-._~+", *s) != NULL)
			buf_add(b, s, 1);
		else
			buf_fmt(b, "%%%02X", (unsigned char)*s);
	}
}

size_t columns(const char *s, size_t n)
{
	size_t i, width = 0;

	for (i = 0; i < n; i++)
		width += ((unsigned char)s[i] & 0xc0) != 0x80;
	return width;
}
