/*
 * fuzz.c - all of the analyzer under libFuzzer: clang -fsanitize=fuzzer,address,undefined.
 *
 * Linked with the analyzer's files but main.c. Whatever the bytes are, they are refused with
 * one line, or analyzed to the end: no crash, nothing that a sanitizer reports, no exit.
 */
#include "../../nosplit.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void refused(const char *err)
{
	if (*err == 0 || memchr(err, 0, 256) == NULL)
		abort();
	for (; *err; err++)
		if ((unsigned char)*err < ' ')
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct request request = { .limit = n % 2 ? -1 : 128, .allpaths = n % 4 == 0 };
	char err[256] = "";
	struct image *image = image_open("fuzz", bytes, n, err);

	if (image == NULL) {
		refused(err);
		return 0;
	}
	result_free(analyze(image, &request));
	image_close(image);
	return 0;
}
