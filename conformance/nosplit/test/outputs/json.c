/*
 * json.c - is this text JSON? RFC 8259, UTF-8 checked, so that no other program is needed.
 */
#include "fake.h"

#include <string.h>

struct text {
	const unsigned char *p, *end;
	unsigned depth;
};

static bool value(struct text *t);

static void space(struct text *t)
{
	while (t->p < t->end && strchr(" \t\r\n", *t->p) != NULL && *t->p)
		t->p++;
}

static bool take(struct text *t, unsigned char c)
{
	if (t->p == t->end || *t->p != c)
		return false;
	t->p++;
	return true;
}

static bool word(struct text *t, const char *w)
{
	while (*w)
		if (!take(t, (unsigned char)*w++))
			return false;
	return true;
}

static bool digits(struct text *t)
{
	const unsigned char *start = t->p;

	while (t->p < t->end && *t->p >= '0' && *t->p <= '9')
		t->p++;
	return t->p > start;
}

static bool number(struct text *t)
{
	take(t, '-');
	if (!take(t, '0') && !digits(t))
		return false;
	if (take(t, '.') && !digits(t))
		return false;
	if (take(t, 'e') || take(t, 'E')) {
		if (!take(t, '+'))
			take(t, '-');
		return digits(t);
	}
	return true;
}

/* The rest of a character that begins with c >= 0x80. */
static bool utf8(struct text *t, unsigned c)
{
	unsigned n = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xc2 && c < 0xe0 ? 1 : 0, i;
	uint32_t v = c & (0x3fu >> n);

	for (i = 0; i < n; i++) {
		if (t->p == t->end || (*t->p & 0xc0) != 0x80)
			return false;
		v = v << 6 | (*t->p++ & 0x3f);
	}
	return n > 0 && !(n == 2 && (v < 0x800 || (v >= 0xd800 && v < 0xe000))) && !(n == 3 && (v < 0x10000 || v > 0x10ffff));
}

static bool string(struct text *t)
{
	if (!take(t, '"'))
		return false;
	while (t->p < t->end) {
		unsigned c = *t->p++, i;

		if (c == '"')
			return true;
		if (c < 0x20 || (c >= 0x80 && !utf8(t, c)))
			return false;
		if (c != '\\')
			continue;
		c = t->p < t->end ? *t->p++ : 0;
		if (c == 'u') {
			for (i = 0; i < 4; i++, t->p++)
				if (t->p == t->end || *t->p == 0 || strchr("0123456789abcdefABCDEF", *t->p) == NULL)
					return false;
		} else if (c == 0 || strchr("\"\\/bfnrt", (int)c) == NULL) {
			return false;
		}
	}
	return false;
}

static bool list(struct text *t, unsigned char close, bool object)
{
	t->p++;
	space(t);
	if (take(t, close))
		return true;
	if (++t->depth > 100)
		return false;
	do {
		space(t);
		if (object) {
			if (!string(t))
				return false;
			space(t);
			if (!take(t, ':'))
				return false;
		}
		if (!value(t))
			return false;
	} while (take(t, ','));
	t->depth--;
	return take(t, close);
}

static bool value(struct text *t)
{
	bool good;

	space(t);
	if (t->p == t->end)
		return false;
	switch (*t->p) {
	case '{': good = list(t, '}', true); break;
	case '[': good = list(t, ']', false); break;
	case '"': good = string(t); break;
	case 't': good = word(t, "true"); break;
	case 'f': good = word(t, "false"); break;
	case 'n': good = word(t, "null"); break;
	default: good = number(t);
	}
	space(t);
	return good;
}

bool json_valid(const char *text, size_t n, size_t *at)
{
	struct text t = {(const unsigned char *)text, (const unsigned char *)text + n, 0};
	bool good = value(&t) && t.p == t.end;

	*at = (size_t)(t.p - (const unsigned char *)text);
	return good;
}
