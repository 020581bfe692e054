/* From a frame to the text of its prologue. Depends on arch/X/split.h and on
 * the packed format of core/stack.h. Promises: the shortest entry of morestack
 * that fits, all tokens replaced, ready for an asm_operands.
 */
#include "shared.h"

extern bool dwarf2out_do_cfi_asm(void); /* dwarf2out.h is not among the plugin headers */

namespace split {

static std::string g_operand; /* {G}, with % doubled */

bool check_g(const char *g)
{
	bool wanted = strstr(SPLIT_SMALL SPLIT_CALL, "{G}") != NULL;

	if (wanted && (!g || !*g)) {
		error("plugin split: %s needs the operand that holds g: "
		      "%<-fplugin-arg-split-g=OPERAND%>, e.g. %<%%gs:g@ntpoff%>", ARCH_NAME);
		return false;
	}
	if (!wanted && g) {
		error("plugin split: argument %<g%> has no meaning on %s, where g has a register",
		      ARCH_NAME);
		return false;
	}
	g_operand.clear();
	for (; g && *g; g++)
		g_operand.append(*g == '%' ? 2 : 1, *g);
	return true;
}

static void replace(std::string &text, const char *token, const std::string &by)
{
	for (size_t at = 0; (at = text.find(token, at)) != std::string::npos; at += by.size())
		text.replace(at, strlen(token), by);
}

static unsigned frame_units(const frame &f)
{
	return f.bytes <= StackSmall ? 0 : (f.bytes + PackFrameUnit - 1) / PackFrameUnit;
}

static unsigned arg_words(const frame &f)
{
	return (f.arg_bytes + UNITS_PER_WORD - 1) / UNITS_PER_WORD;
}

unsigned pack(const frame &f)
{
	return frame_units(f) << PackFrameShift | arg_words(f);
}

/* The entries with a number of bytes and morestack00 know their value. */
static std::string call_stub(const frame &f)
{
	unsigned units = frame_units(f), words = arg_words(f), value = pack(f);
	std::string stub, text;
	bool load = true;

	if (value == 0) {
		stub = "morestack00";
		load = false;
	} else if (units == 0 && words * UNITS_PER_WORD % 8 == 0 && words * UNITS_PER_WORD <= 48) {
		stub = "morestack" + std::to_string(words * UNITS_PER_WORD);
		load = false;
	} else if (units == 0) {
		stub = "morestack01";
	} else if (words == 0) {
		stub = "morestack10"; /* shifts by itself */
		value = units;
	} else {
		stub = "morestack11";
	}
	if (load)
		text = SPLIT_LOAD(value);
	text += dwarf2out_do_cfi_asm() ? SPLIT_CALL_CFI : SPLIT_CALL;
	replace(text, "{STUB}", stub);
	replace(text, "{VLO}", std::to_string(value & 0xffff));
	replace(text, "{VHI}", std::to_string(value >> 16));
	replace(text, "{V}", std::to_string(value));
	replace(text, "{POPS}", std::to_string(f.pops));
	return text;
}

#ifdef SPLIT_AWAY
static std::string put_away(std::string text, std::string slow)
{
	std::string id = std::to_string(current_function_funcdef_no);

	slow = ".Lsplit{ID}:\n\t" + slow;
	replace(slow, "{ID}", id);
	replace(slow, "%%", "%"); /* not an asm template there */
	replace(text, "{ID}", id);
	set_slow_path(slow);
	return text;
}
#else
static std::string put_away(const std::string &text, const std::string &slow)
{
	return text + slow;
}
#endif

std::string prologue(const frame &f)
{
	std::string text = f.bytes <= StackSmall ? SPLIT_SMALL : SPLIT_LARGE;

#ifdef SPLIT_HUGE
	if (f.bytes > SPLIT_HUGE_FRAME)
		text = SPLIT_HUGE;
#endif
	if (f.bytes > StackSmall)
		replace(text, "{N}", std::to_string(SPLIT_ROUND((unsigned)(f.bytes - StackSmall))));
	text = put_away(text, call_stub(f));
	replace(text, "{G}", g_operand);
	return text;
}

} // namespace split
