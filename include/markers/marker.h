/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * marker.h - static markers that cost nothing
 *
 *	MARKER(read, file, count);
 *	MARKER(dispatch, MARKER_LABEL(host, cmd->device->host->host_no),
 *			 MARKER_AS(cmd->cmnd, x8[16]));
 *	MARKER_IN(net, rx, MARKER_LABEL(dev, MARKER_AS(skb->dev->name, string)));
 *
 * A marker is a statement that notes a place and the expressions worth seeing
 * there.  It becomes one string in a section that is never loaded: no
 * instruction, no data, no relocation, no symbol.  The expressions are checked
 * by the compiler and never evaluated.  The string's form is specified in
 * Docs/record-format.md.
 *
 * Before it includes this file a source may define
 *	MARKER_PROVIDER		a string literal, who provides the markers; else
 *				the module, "kernel" or "user"
 *	MARKERS_OFF		no records; the expressions are still checked
 *	MARKER_UNIQUE		see below
 */
#ifndef _MARKERS_MARKER_H
#define _MARKERS_MARKER_H

/*
 * MARKER_AS(expr, format) asks for a presentation: u, s, x (width from the
 * type), u8 ... u64, s8 ... s64, x8 ... x64, string, ustring (in user memory),
 * symbol; each may take a count, as in x8[16].
 *
 * MARKER_LABEL(label, expr) names the value; expr may be a MARKER_AS().
 *
 * MARKER_ALLOW(M304) in the place of a value has "markers lint" leave out that
 * finding on this marker; several codes are separated by commas.
 */

#if defined(__ASSEMBLY__) || defined(__ASSEMBLER__)

# define MARKER(...)
# define MARKER_IN(...)

#elif defined(__CHECKER__) || defined(__GENKSYMS__)

# define MARKER(...)		((void)0)
# define MARKER_IN(...)		((void)0)

#else

#ifdef __cplusplus
extern "C" {
#endif

/* Only named under sizeof: never called, never defined. */
int __marker_check(unsigned long tags, ...);

/* The formats there are; as arrays, so that a count may follow. */
extern const char __marker_format_u[], __marker_format_s[], __marker_format_x[],
	__marker_format_u8[], __marker_format_u16[],
	__marker_format_u32[], __marker_format_u64[],
	__marker_format_s8[], __marker_format_s16[],
	__marker_format_s32[], __marker_format_s64[],
	__marker_format_x8[], __marker_format_x16[],
	__marker_format_x32[], __marker_format_x64[],
	__marker_format_string[], __marker_format_ustring[],
	__marker_format_symbol[];

#ifdef __cplusplus
}
#endif

/*
 * Both expand to "value, text", and a plain expression to a value alone:
 * __MARKER_TEXT() relies on it, and the check takes the text as one more value.
 */
#define MARKER_AS(expr, format) \
	((void)__marker_format_##format, (expr)), #expr ":" #format ""
#define MARKER_LABEL(label, ...)					\
	__MARKER_LABEL(__MARKER_TAG(struct label##_label *, #label, 31),	\
		       #label "=", __VA_ARGS__, #__VA_ARGS__, 0)
#define __MARKER_LABEL(tag, label, expr, text, ...) \
	((void)(tag), (expr)), "" label text

#define MARKER_ALLOW(...)	(0), "@allow=" #__VA_ARGS__ ""

/*
 * An identifier of 1 to limit characters: 63 for the kernel's groups and
 * events, 31 for its arguments.  The type fails for what is no identifier.
 */
#define __MARKER_TAG(type, text, limit)					\
	sizeof(char[sizeof(type) && sizeof(text "") - 2 < (limit) ? 1 : -1])

#define __MARKER_STR(...)	#__VA_ARGS__
#define __MARKER_XSTR(...)	__MARKER_STR(__VA_ARGS__)
#define __MARKER_IGNORE(...)

/* One "\tTEXT" for each expression, as written: ', ##' keeps it unexpanded. */
#define __MARKER_CAPTURES(_, ...)					\
	"" __MARKER_SELECT(_, ##__VA_ARGS__,				\
		16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0) \
			(0, ##__VA_ARGS__)
#define __MARKER_SELECT(_, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, \
			count, ...)					\
	"" __MARKER_IGNORE(_, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) \
	__MARKER_C##count

#define __MARKER_TEXT(...)	__MARKER_SECOND(__VA_ARGS__, 0)
#define __MARKER_SECOND(value, text, ...) "\t" text __MARKER_IGNORE(value)

#define __MARKER_C0(_)		"" __MARKER_IGNORE(_)
#define __MARKER_C1(_, a)	"" __MARKER_TEXT(a, #a) __MARKER_IGNORE(_)
#define __MARKER_C2(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C1(_, ##__VA_ARGS__)
#define __MARKER_C3(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C2(_, ##__VA_ARGS__)
#define __MARKER_C4(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C3(_, ##__VA_ARGS__)
#define __MARKER_C5(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C4(_, ##__VA_ARGS__)
#define __MARKER_C6(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C5(_, ##__VA_ARGS__)
#define __MARKER_C7(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C6(_, ##__VA_ARGS__)
#define __MARKER_C8(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C7(_, ##__VA_ARGS__)
#define __MARKER_C9(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C8(_, ##__VA_ARGS__)
#define __MARKER_C10(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C9(_, ##__VA_ARGS__)
#define __MARKER_C11(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C10(_, ##__VA_ARGS__)
#define __MARKER_C12(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C11(_, ##__VA_ARGS__)
#define __MARKER_C13(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C12(_, ##__VA_ARGS__)
#define __MARKER_C14(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C13(_, ##__VA_ARGS__)
#define __MARKER_C15(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C14(_, ##__VA_ARGS__)
#define __MARKER_C16(_, a, ...) \
	"" __MARKER_TEXT(a, #a) __MARKER_C15(_, ##__VA_ARGS__)

#ifdef MARKERS_OFF

/* The check stays: else a variable only named in a marker would be "unused". */
# define __MARKER(variable, label, head, tags, ...)			\
	((void)sizeof(head __MARKER_CAPTURES(0, ##__VA_ARGS__)),	\
	 __MARKER_IGNORE(variable, label)				\
	 (void)sizeof(__marker_check(tags, ##__VA_ARGS__)))

#else

# ifdef __clang__

/*
 * clang takes a section's name literally.  Data in .llvmcmd is not allocated;
 * nothing else is in this section except with -fembed-bitcode.
 */
#  define __MARKER_DATA(variable, label, record)			\
	static const char variable[] label __attribute((		\
		__used__, __aligned__(1), __section__(".llvmcmd"),	\
		__nodebug__, __no_sanitize__("address"))) = record ""

# else

/*
 * gcc pastes the name into '.section NAME,"aw",@progbits': the name brings the
 * record along, and its last newline makes the tail an assembler comment, on
 * every architecture.  Mergeable strings: records of one header become one when
 * the image is linked.  '.debug_': strip and objcopy treat the section as debug
 * information.
 *
 * The variable is a plain char, so that the debug information has no type that
 * it would not have without the marker: .BTF is made of its types.  gcc leaves
 * the variable in it, in a block of the marker's own.
 */
#  define __MARKER_DATA(variable, label, record)			\
	static char variable label __attribute((			\
		__used__, __aligned__(1), __section__(			\
		".debug_markers,\"MS\",%progbits,1\n\t.ascii\t"		\
		__MARKER_XSTR(record "\0") "\n#")))

# endif

/*
 * The .L name keeps the variable out of the symbol table and gcc's counter for
 * the names of other block statics where it was.  gcc needs it to be unique:
 * the name, the line and the depth of the #include.  The assembler refuses
 * ("already defined") a file with markers that is included twice and a macro
 * with the same marker twice; MARKER_UNIQUE may be __COUNTER__ there.
 */
# ifndef MARKER_UNIQUE
#  define MARKER_UNIQUE		__INCLUDE_LEVEL__
# endif
# define __MARKER_ASM_NAME(label)					\
	".L__marker_" label "_" __MARKER_XSTR(__LINE__)			\
	"_" __MARKER_XSTR(MARKER_UNIQUE) ""

# define __MARKER(variable, label, head, tags, ...)			\
(__extension__ ({							\
	__MARKER_DATA(						\
		variable, __asm__(__MARKER_ASM_NAME(label)),		\
		"mk1\t" head "\t" __FILE__ "\t" __MARKER_XSTR(__LINE__)	\
		__MARKER_CAPTURES(0, ##__VA_ARGS__));			\
	(void)sizeof(__marker_check(tags, ##__VA_ARGS__));		\
}))

#endif /* MARKERS_OFF */

/* A header names its provider: the record is then the same in every object. */
#define MARKER(name, ...)						\
	__MARKER(__marker_##name, #name, __MARKER_PROVIDER "\t" #name,	\
		 __MARKER_TAG(int, __MARKER_PROVIDER, 63) +		\
		 __MARKER_TAG(struct name##_marker *, #name, 63),	\
		 ##__VA_ARGS__)
#define MARKER_IN(provider, name, ...)					\
	__MARKER(__marker_##name, #name, #provider "\t" #name,		\
		 __MARKER_TAG(struct provider##_provider *, #provider, 63) + \
		 __MARKER_TAG(struct name##_marker *, #name, 63),	\
		 ##__VA_ARGS__)

#endif /* __ASSEMBLY__ */

#endif /* _MARKERS_MARKER_H */

/*
 * Outside the guard: the last #include decides, so that a source may define its
 * provider after headers that include this file too.  Built-in code does not
 * take KBUILD_MODNAME: a header's record would then differ in each object and
 * could not be merged.
 */
#undef __MARKER_PROVIDER
#if defined(MARKER_PROVIDER)
# define __MARKER_PROVIDER	MARKER_PROVIDER
#elif defined(MODULE) && defined(KBUILD_MODNAME)
# define __MARKER_PROVIDER	KBUILD_MODNAME
#elif defined(__KERNEL__)
# define __MARKER_PROVIDER	"kernel"
#else
# define __MARKER_PROVIDER	"user"
#endif
