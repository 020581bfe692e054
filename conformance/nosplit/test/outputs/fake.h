/*
 * fake.h - results that no engine made, for the tests of the outputs.
 */
#ifndef FAKE_H
#define FAKE_H

#include "../../user.h"

/* overflow, clean, unknown, hostile, old, new; nil: no such case. Lives to the end. */
struct result *fake(const char *name);

/* True if text is one JSON value of RFC 8259 in UTF-8; else where it is not is in at. */
bool json_valid(const char *text, size_t n, size_t *at);

#endif
