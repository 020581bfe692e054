/* plan9/amd64: ureg.h, and where this arch's calls differ. */
enum { UregSP = 168, UregPC = 144 };

NOSPLIT int64_t plan9_nsec(int64_t *ns); /* returns it, and leaves *ns alone */

static inline NOSPLIT int64_t plan9_clock(void)
{
	return plan9_nsec(0);
}
