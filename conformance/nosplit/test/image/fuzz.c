/*
 * fuzz.c - the reader of images under libFuzzer: clang -fsanitize=fuzzer,address,undefined.
 */
#include "probe.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char err[256];

	probe_bytes(bytes, n, err);
	return 0;
}
