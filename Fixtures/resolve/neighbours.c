/* SPDX-License-Identifier: MIT */
/* Places whose neighbours decide: what the compiler merged, decided early or called before the marker. */
#include <setjmp.h>
#include <stdio.h>
#include <markers/marker.h>

static volatile int total;
static jmp_buf out;

/* The range check is decided where c is small: that way passes the marker no more, although the source has it. */
__attribute__((noipa)) static int decode(const unsigned char *s, unsigned int *value, int strict)
{
	unsigned int c = s[0], result = 0;

	if (c < 0x80) {
		result = c;
	} else {
		unsigned int count = 0;

		for (; c & 0x40; c <<= 1) {
			unsigned int next = s[++count];

			if ((next & 0xC0) != 0x80)
				return -1;
			result = (result << 6) | (next & 0x3F);
		}
		result |= (c & 0x7F) << (count * 5);
		if (count > 5)
			return -1;
	}
	if (strict) {
		MARKER(decided, result); /* hits: 5 */
		if (result > 0x10FFFFu || (0xD800u <= result && result <= 0xDFFFu))
			return -1;
	}
	if (value)
		*value = result;
	return 1;
}

__attribute__((noipa)) static int add(int value) { return total += value; }
__attribute__((noipa)) static int twice(int value) { return value * 2; }

/* Two cases make the same call: it is made once. */
__attribute__((noipa)) static int choose(int which, int value)
{
	int count = 0;

	do {
		switch (which) {
		case 1:
			if (twice(value) == 4)
				total = count;
			else
				add(value);
			break;
		case 2:
			add(value);
			MARKER(merged, which); /* hits: 4 */
			break;
		default:
			twice(value);
			break;
		}
	} while (++count < 1);
	return twice(count) + which;
}

static inline int careful(int value)
{
	if (value < 0)
		longjmp(out, 1);
	return add(value) + 1;
}

/* The call before the marker need not come back. */
__attribute__((noipa)) static int returned(int value, int which)
{
	switch (which) {
	case 1:
		careful(value);
		MARKER(returned, which); /* hits: 2 */
		return 42;
	case 2:
		return add(1);
	}
	return which;
}

int main(void)
{
	static const unsigned char text[] = { 'a', 'b', 'c', 0xC3, 0xA4, 0xC3, 0xB6, 0 };
	unsigned int value;
	int i;

	for (i = 0; i < 7; i += text[i] < 0x80 ? 1 : 2)
		decode(text + i, &value, 1);
	for (i = 0; i < 3; i++)
		choose(1, i);
	for (i = 0; i < 4; i++)
		choose(2, i);
	for (i = 0; i < 2; i++)
		choose(3, i);
	for (i = 0; i < 3; i++)
		if (!setjmp(out))
			returned(i == 1 ? -1 : i, 1);
	returned(0, 2);
	printf("%d\n", total);
	return 0;
}
