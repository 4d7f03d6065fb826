/* SPDX-License-Identifier: MIT */
/* Every place where a statement may stand. */
#define MARKER_PROVIDER "contexts"
#include <markers/marker.h>

#include "shared.h"

#define TWO_IN_ONE(value)				\
	do {						\
		MARKER(macro_first, value);		\
		MARKER(macro_second, (value) + 1);	\
	} while (0)

#define read		not_the_name
#define current		get_current()

extern struct whole *get_current(void);
extern int effect(int value);

static int places(struct whole *whole, int count, const char *text)
{
	int only_in_a_marker = count;
	int local = 0;

	MARKER(first);
	MARKER(read, count);
	MARKER(two_a); MARKER(two_b, local);
	MARKER(several_lines,
	       count,
	       local);
	TWO_IN_ONE(count);
	MARKER(unused, only_in_a_marker);
	if (count)
		MARKER(unbraced_if, count);
	else
		MARKER(unbraced_else);
	if (local)
		MARKER(if_alone);
	for (int i = 0; i < count; i++)
		MARKER(for_body, i);
	while (local < count)
		if (local++)
			MARKER(nested_if, local);
	do
		MARKER(do_body);
	while (0);
	switch (count) {
	case 1:
		MARKER(after_case, text);
		break;
	case 2: MARKER(same_line_as_case);
		/* fall through */
	default:
		MARKER(after_default);
	}
	{
		int inner = count + 1;

		MARKER(inner, inner);
	}
	if (count > 100)
		goto out;
	local += ({ MARKER(in_expression, local); count; });
	(void)(local ? MARKER(chosen) : MARKER(not_chosen));
	MARKER(comma), local++;
out:
	MARKER(after_label, local);
	return local;
}

static int captures(struct whole *whole, int count, const char *text)
{
	int variable[count + 1];
	const void *pointer = whole;
	int side = 0;

	MARKER(kinds, *whole, whole->part->name, whole->part->flag, variable, variable[count - 1], effect, 'a', 1.5);
	MARKER(operators, *whole->text, &whole->part, (struct part *)pointer, !count, -count, count ? 1 : 2);
	MARKER(commas, effect(count), "a, b", (count, side), whole->bytes[2]);
	MARKER(never_evaluated, side++, effect(1), *(volatile int *)0);
	MARKER(expanded, current->text, __LINE__);
	MARKER(formats, MARKER_AS(count, u8), MARKER_AS(count, s64), MARKER_AS(count, x), MARKER_AS(pointer, symbol));
	MARKER(strings, MARKER_AS(text, string), MARKER_AS(text, ustring), MARKER_AS(&text, string[2]));
	MARKER(arrays, MARKER_AS(whole->bytes, x8[16]), MARKER_AS(variable, s32[4]));
	MARKER(labels, MARKER_LABEL(number, whole->part->number), MARKER_LABEL(bytes, MARKER_AS(whole->bytes, x8[16])));
	MARKER(sixteen, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, count);
	MARKER(longest_name_that_a_kernel_event_can_have_is_of_63_characters_x);
	MARKER_IN(elsewhere, named_provider, count); MARKER(allowing, count, MARKER_ALLOW(M304, may-fault), side);
	return side;
}

int main(int argc, char **argv)
{
	struct part part = { argc, "name", 1 };
	struct whole whole = { &part, { 0 }, argv[0] };
	return places(&whole, argc, argv[0]) + captures(&whole, argc, argv[0]) + shared(&whole, argc) +
	       other(&whole, argc);
}

struct whole *get_current(void)
{
	static struct whole whole;

	return &whole;
}

int effect(int value)
{
	static int calls;

	return calls += value;
}
