/*
 * helpers.c - functions that compilers call by themselves, by every name that their address has.
 *
 * Sources: libgcc's internals manual (integer, floating-point and split-stack routines), the
 * run-time ABI for the Arm architecture (__aeabi_...), compiler-rt, mingw and the names that
 * the Microsoft compilers use on 32-bit x86 (_alldiv ...).
 */
#include "nosplit.h"

#include <string.h>

static const struct {
	enum helper kind;
	const char *names; /* separated by spaces; * at the end: any rest */
} list[] = {
	{ HELPER_DIV64, "__divdi3 __udivdi3 __moddi3 __umoddi3 __divmoddi4 __udivmoddi4 __aeabi_ldivmod __aeabi_uldivmod "
			"__aeabi_ldiv0 __gnu_ldivmod_helper __gnu_uldivmod_helper __rt_sdiv64 __rt_udiv64 __alldiv __aulldiv "
			"__allrem __aullrem __alldvrm __aulldvrm _alldiv _aulldiv _allrem _aullrem _alldvrm _aulldvrm" },
	{ HELPER_DIV128, "__divti3 __udivti3 __modti3 __umodti3 __divmodti4 __udivmodti4" },
	{ HELPER_DIV32, "__divsi3 __udivsi3 __modsi3 __umodsi3 __divmodsi4 __udivmodsi4 __aeabi_idiv __aeabi_uidiv "
			"__aeabi_idivmod __aeabi_uidivmod __aeabi_idiv0 __rt_sdiv __rt_udiv __div0" },
	{ HELPER_SHIFT, "__ashldi3 __ashrdi3 __lshrdi3 __ashlti3 __ashrti3 __lshrti3 __aeabi_llsl __aeabi_lasr __aeabi_llsr "
			"_allshl _allshr _aullshr __allshl __allshr __aullshr __muldi3 __multi3 __aeabi_lmul _allmul __allmul "
			"__cmpdi2 __ucmpdi2 __aeabi_lcmp __aeabi_ulcmp __negdi2 __clzsi2 __clzdi2 __ctzsi2 __ctzdi2 __ffssi2 __ffsdi2 "
			"__popcountsi2 __popcountdi2 __paritysi2 __paritydi2 __bswapsi2 __bswapdi2 __mulvsi3 __mulvdi3 __addvsi3 "
			"__addvdi3 __subvsi3 __subvdi3 __negvsi2 __negvdi2 __absvsi2 __absvdi2" },
	{ HELPER_FLOAT, "__addsf3 __adddf3 __addtf3 __addxf3 __subsf3 __subdf3 __subtf3 __mulsf3 __muldf3 __multf3 __mulxf3 "
			"__divsf3 __divdf3 __divtf3 __divxf3 __negsf2 __negdf2 __negtf2 __extendsfdf2 __extenddftf2 __extendsftf2 "
			"__truncdfsf2 __trunctfdf2 __trunctfsf2 __fixsfsi __fixdfsi __fixtfsi __fixsfdi __fixdfdi __fixtfdi __fixxfdi "
			"__fixunssfsi __fixunsdfsi __fixunssfdi __fixunsdfdi __fixunstfdi __fixunsxfdi __floatsisf __floatsidf __floatsitf "
			"__floatdisf __floatdidf __floatditf __floatunsisf __floatunsidf __floatundisf __floatundidf __floatunditf "
			"__eqsf2 __eqdf2 __eqtf2 __nesf2 __nedf2 __netf2 __gesf2 __gedf2 __getf2 __ltsf2 __ltdf2 __lttf2 __lesf2 __ledf2 "
			"__letf2 __gtsf2 __gtdf2 __gttf2 __unordsf2 __unorddf2 __unordtf2 __powisf2 __powidf2 __mulsc3 __muldc3 __divsc3 "
			"__divdc3 __aeabi_f* __aeabi_d* __aeabi_cf* __aeabi_cd* __aeabi_i2f __aeabi_i2d __aeabi_ui2f __aeabi_ui2d "
			"__aeabi_l2f __aeabi_l2d __aeabi_ul2f __aeabi_ul2d __aeabi_h2f* __gnu_f2h_ieee __gnu_h2f_ieee _dtol3 _ftol* "
			"_dtoui3 _ftoui3 _ltod3 _ultod3" },
	{ HELPER_ATOMIC, "__atomic_load* __atomic_store* __atomic_exchange* __atomic_compare_exchange* __atomic_fetch_* "
			 "__atomic_add_fetch* __atomic_sub_fetch* __atomic_and_fetch* __atomic_or_fetch* __sync_* __kuser_cmpxchg* "
			 "__aarch64_cas* __aarch64_swp* __aarch64_ld*" },
	{ HELPER_MEMORY, "memcpy memmove memset memcmp bcopy bzero __memcpy_chk __memmove_chk __memset_chk __aeabi_memcpy* "
			 "__aeabi_memmove* __aeabi_memset* __aeabi_memclr*" },
	{ HELPER_STACK, "__stack_chk_fail __stack_chk_fail_local __chkstk __chkstk_ms ___chkstk ___chkstk_ms __alloca _alloca "
			"_chkstk __rt_stack_overflow __stack_smash_handler __security_check_cookie __fentry__ mcount _mcount "
			"__gnu_mcount_nc __asan_* __tsan_* __ubsan_* __sanitizer_*" },
	{ HELPER_PIC, "__x86.get_pc_thunk.* __i686.get_pc_thunk.* __tls_get_addr ___tls_get_addr __aeabi_read_tp __emutls_get_address "
		      "_dl_tlsdesc_*" },
};

/* The names one by one, once: exact ones hashed, those with a * apart. */
struct word {
	const char *p;
	unsigned n;
	enum helper kind;
};
enum { NHash = 2048, MaxPrefixes = 128 };
static struct word table[NHash], prefix[MaxPrefixes];
static unsigned nprefixes;

static unsigned hash(const char *p, unsigned n)
{
	unsigned h = n;

	for (unsigned i = 0; i < n; i++)
		h = h * 31 + (unsigned char)p[i];
	return h % NHash;
}

static void learn(void)
{
	for (size_t i = 0; i < nelem(list); i++)
		for (const char *p = list[i].names; *p;) {
			struct word w = { p, (unsigned)strcspn(p, " "), list[i].kind };
			p += w.n + (p[w.n] == ' ');
			if (w.p[w.n - 1] == '*') {
				w.n--;
				prefix[nprefixes++] = w;
				continue;
			}
			unsigned h = hash(w.p, w.n);
			while (table[h].p)
				h = (h + 1) % NHash;
			table[h] = w;
		}
}

static enum helper exactly(const char *name)
{
	unsigned n = (unsigned)strlen(name);

	/* The stub of an IFUNC stands for whom it chooses. */
	if (n > 4 && strcmp(name + n - 4, "@plt") == 0)
		n -= 4;
	for (unsigned h = hash(name, n); table[h].p; h = (h + 1) % NHash)
		if (table[h].n == n && memcmp(table[h].p, name, n) == 0)
			return table[h].kind;
	for (unsigned i = 0; i < nprefixes; i++)
		if (strncmp(prefix[i].p, name, prefix[i].n) == 0)
			return prefix[i].kind;
	return HELPER_NONE;
}

static enum helper of(const char *name)
{
	enum helper h;

	if (nprefixes == 0)
		learn();
	h = exactly(name);
	/* A PE image on 386 has one underscore more before each name. */
	return h == HELPER_NONE && name[0] == '_' ? exactly(name + 1) : h;
}

enum helper helper_of(const struct func *f, const char **name)
{
	enum helper h = of(*name = f->name);

	for (unsigned i = 0; h == HELPER_NONE && i < f->naliases; i++)
		h = of(*name = f->alias[i]);
	return h;
}

bool stops_by_name(const struct func *f)
{
	static const char names[] =
		"abort exit _exit _Exit quick_exit __assert_fail __assert __assert_perror_fail __stack_chk_fail __fortify_fail "
		"__chk_fail longjmp _longjmp siglongjmp __longjmp_chk pthread_exit err errx verr verrx __libc_start_main "
		"__cxa_throw __cxa_rethrow __cxa_bad_cast __cxa_bad_typeid __cxa_call_unexpected __cxa_call_terminate "
		"__cxa_throw_bad_array_new_length __cxa_pure_virtual _Unwind_Resume "
		"__libc_fatal thrd_exit";

	if (strncmp(f->name, "_ZSt", 4) == 0)
		return strstr(f->name, "__throw_") || strcmp(f->name, "_ZSt9terminatev") == 0;
	size_t n = strlen(f->name);

	for (const char *p = names; n > 0 && (p = strstr(p, f->name)); p += n)
		if ((p == names || p[-1] == ' ') && (p[n] == ' ' || p[n] == 0))
			return true;
	return false;
}
