/* plan9/386: ureg.h, and where this arch's calls differ. */
enum { UregSP = 68, UregPC = 56 };

NOSPLIT int32_t plan9_nsec(int64_t *ns);

static inline NOSPLIT int64_t plan9_clock(void)
{
	int64_t ns = 0;

	plan9_nsec(&ns);
	return ns;
}
