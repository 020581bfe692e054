/* What the unit says about its functions: struct funcrec (rt.h) in section
 * portkit_stack, the notes of the stack analyzer (stacknote.h), and the marker
 * without which an object is refused at link.
 * Depends on asm_out_file, gas, and ELF or COFF (core/section.h says the same to assembly). Promises: a record of every function of
 * which code was written, and one of its cold part if it has one, since a pc in
 * there needs a frame as well. Slow paths that are away from their function are
 * written here too. An LTO object without code says nothing.
 */
#include "shared.h"
#include "output.h"
#include "varasm.h"
#include "target.h"
#include "options.h"

extern bool dwarf2out_do_cfi_asm(void); /* dwarf2out.h is not among the plugin headers */

namespace split {

#if defined TARGET_PECOFF && TARGET_PECOFF
static const char slow_section[] = ".text.split,\"rx\"", note_section[] = ".nosplit,\"dr\"",
		  name_section[] = ".rdata$portkit,\"dr\"", record_section[] = "portkit_stack,\"dr\"";

static void begin_function(FILE *out, const char *name)
{
	fprintf(out, "\t.def\t%s; .scl 3; .type 32; .endef\n%s:\n", name, name);
}

static void end_function(FILE *, const char *)
{
	/* COFF symbols have no size. */
}
#else
static const char slow_section[] = ".text.split,\"ax\",%progbits", note_section[] = ".nosplit,\"\",%progbits",
		  name_section[] = ".rodata.portkit.str1.1,\"aMS\",%progbits,1",
		  record_section[] = "portkit_stack,\"a\",%progbits";

static void begin_function(FILE *out, const char *name)
{
	fprintf(out, "\t.type\t%s, %%function\n%s:\n", name, name);
}

static void end_function(FILE *out, const char *name)
{
	fprintf(out, "\t.size\t%s, . - %s\n", name, name);
}
#endif

struct record {
	std::string symbol; /* for assemble_name: with '*' if it is to be taken as it is */
	std::string name;
	unsigned frame, packed, kind, ret;
	std::string slow; /* its slow path, if that is away from the function */
	std::string whole; /* of a cold part: the function */
};

static std::vector<record> records;
static record current;
static bool pending;

void set_record(const frame &f, unsigned packed, unsigned kind)
{
	current.frame = f.bytes;
	current.ret = f.ret;
	current.packed = packed;
	current.kind = kind | (f.dynamic ? FuncDynamic : 0);
	pending = true;
}

void set_slow_path(const std::string &text)
{
	current.slow = text;
}

static void add(const char *symbol)
{
	current.symbol = symbol;
	current.name = targetm.strip_name_encoding(symbol);
	records.push_back(current);
	current.slow.clear();
	current.whole = symbol;
}

static const pass_data record_data = {
	RTL_PASS, "portkit_record", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class record_pass : public rtl_opt_pass {
public:
	record_pass(gcc::context *ctxt) : rtl_opt_pass(record_data, ctxt) {}
	bool gate(function *) final override { return pending; }
	unsigned int execute(function *fun) final override
	{
		add(XSTR(XEXP(DECL_RTL(fun->decl), 0), 0));
		if (crtl->has_bb_partition && cold_function_name)
			add(IDENTIFIER_POINTER(cold_function_name));
		current.whole.clear();
		pending = false;
		return 0;
	}
};

opt_pass *make_record_pass(gcc::context *ctxt)
{
	return new record_pass(ctxt);
}

/* The slow paths, each a function NAME.split with the unwind state of an entry. */
static void write_slow_paths(FILE *out)
{
	bool cfi = dwarf2out_do_cfi_asm();

	fprintf(out, "\t.section\t%s\n", slow_section);
	for (const record &r : records) {
		if (r.slow.empty())
			continue;
		std::string name = r.name + ".split";
		begin_function(out, name.c_str());
		fprintf(out, "%s%s%s", cfi ? "\t.cfi_startproc\n" : "", r.slow.c_str(), cfi ? "\t.cfi_endproc\n" : "");
		end_function(out, name.c_str());
	}
}

/* One record, of the function or of its slow path; both have its name. */
static void write_record(FILE *out, unsigned i, const char *suffix, unsigned frame, unsigned packed, unsigned kind, unsigned ret)
{
	fprintf(out, "\t%s\t", SPLIT_WORD);
	assemble_name(out, records[i].symbol.c_str());
	fprintf(out, "%s\n\t%s\t.Lportkit_name%u\n\t.long\t%u, %u, %u, %u\n", suffix, SPLIT_WORD, i, frame, packed,
		kind, ret);
}

static void write_note(FILE *out, unsigned kind, const std::string &where, const char *suffix,
		       const std::string &what, unsigned value)
{
	fprintf(out, "\t%s\t%u, ", SPLIT_WORD, kind);
	assemble_name(out, where.c_str());
	fprintf(out, "%s, ", suffix);
	if (what.empty())
		fputc('0', out);
	else
		assemble_name(out, what.c_str());
	fprintf(out, ", %u\n", value);
}

static void write_notes(FILE *out)
{
	fprintf(out, "\t.section\t%s\n\t%s\t%u, 0, 0, 1\n", note_section, SPLIT_WORD, NoteVersion);
	for (const record &r : records) {
		write_note(out, NoteFunc, r.symbol, "", "", r.kind & ~FuncDynamic);
		if (!r.whole.empty())
			write_note(out, NoteBody, r.symbol, "", r.whole, 0);
		if (r.slow.empty())
			continue;
		write_note(out, NoteFunc, r.symbol, ".split", "", FuncNosplit);
		write_note(out, NoteBody, r.symbol, ".split", r.symbol, 0);
	}
}

void write_records(void *, void *)
{
	FILE *out = asm_out_file;
	unsigned i;

	if (!out || flag_wpa || (flag_generate_lto && !flag_fat_lto_objects))
		return;
	fputs("\t.set\tportkit.split, 1\n", out);
	write_notes(out);
	if (records.empty())
		return;
	write_slow_paths(out);
	fprintf(out, "\t.section\t%s\n", name_section);
	for (i = 0; i < records.size(); i++) {
		fprintf(out, ".Lportkit_name%u:\n\t.string\t", i);
		output_quoted_string(out, records[i].name.c_str());
		fputc('\n', out);
	}
	fprintf(out, "\t.section\t%s\n\t.balign\t%d\n", record_section, (int)POINTER_SIZE_UNITS);
	for (i = 0; i < records.size(); i++) {
		const record &r = records[i];
		write_record(out, i, "", r.frame, r.packed, r.kind, r.ret);
		if (!r.slow.empty())
			write_record(out, i, ".split", CALL_SIZE, 0, FuncNosplit, 0);
	}
	records.clear();
}

} // namespace split
