/* SPDX-License-Identifier: MIT */
/*
 * values.c - values that share their register or bytes with others: narrow types in wide registers, whose upper
 * bits are left over from a computation, bit fields in memory and in registers, and structures in registers.
 * A label `bits_...` stands for a capture that asks for the bits alone, without a sign.
 */
#include "witness.h"

typedef signed char s8;
typedef unsigned char u8;
typedef short s16;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

enum state { IDLE, BUSY = 7, FAILED = -3 };

struct fields {
	u32 low : 3, middle : 7, high : 22;
	int negative : 5;
	int whole : 8;
	u8 flag : 1;
	u8 rest : 7;
	u16 across : 11;
	u64 wide : 40, top : 24;
	enum state state : 8;
	_Bool yes : 1;
};

struct pair {
	u16 first;
	s8 second;
	u8 third;
	int fourth;
};

struct bits {
	u32 a : 4, b : 12, c : 16;
	s16 d : 9, e : 7;
	u16 f;
};

volatile u64 sink;
static u64 state = 0x9e3779b97f4a7c15ull;

/* xorshift: all 64 bits are in use */
KEEP static u64 next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

KEEP void use(u64 value)
{
	sink += value;
}

KEEP u64 narrowed(u64 wide)
{
	s8 a = wide;
	u16 b = wide >> 5;
	int c = wide >> 9;
	u8 d = wide >> 50;

	MARKER(narrowed, a, b, c, d);
	use(wide);
	return a + b + c + d;
}

KEEP u64 computed(u64 left, u64 right)
{
	s16 sum = left + right;
	u8 difference = left - right;
	u32 product = left * right;

	use(left);
	MARKER(computed, sum, difference, product, right);
	use(right);
	return sum * difference + product;
}

KEEP u64 parameters(s8 a, u8 b, s16 c, u16 d, int e, u32 f)
{
	MARKER(parameters, a, b, c, d, e, f);
	use(a + b);
	MARKER(parameters_left, c, d, e, f);
	use(c + d);
	return e + f;
}

KEEP u8 truncated(u64 wide)
{
	return wide >> 3;
}

KEEP s16 truncated_signed(u64 wide)
{
	return wide >> 7;
}

/* Whoever returns a narrow value may leave the register's other bits as they were. */
KEEP u64 returned(u64 wide)
{
	u8 byte = truncated(wide);
	s16 word;

	MARKER(returned_byte, byte, wide);
	word = truncated_signed(wide);
	MARKER(returned_word, byte, word);
	use(word);
	return byte;
}

KEEP u64 looped(const u8 *text, u32 length)
{
	u16 hash = 0x1234;
	s8 last = 0;

	for (u32 i = 0; i < length; i++) {
		u8 byte = text[i];

		MARKER(looped, i, byte, hash, last);
		use(byte);
		last = byte ^ hash;
		hash = hash * 31 + byte;
	}
	MARKER(looped_end, hash, last, length);
	use(hash);
	return last;
}

KEEP u64 in_memory(struct fields *f)
{
	MARKER(in_memory, f->low, f->middle, f->high, f->flag, f->rest, f->across);
	use(1);
	MARKER(in_memory_wide, f->wide, f->top, f->yes, f->whole,
	       MARKER_LABEL(bits_negative, MARKER_AS(f->negative, x)));
	use(2);
	MARKER(in_memory_signed, f->state, MARKER_LABEL(bits_whole, MARKER_AS(f->whole, u)),
	       MARKER_LABEL(low, MARKER_AS(f->low, x)));
	return f->low + f->wide;
}

KEEP u64 changed(struct fields *f, u32 value)
{
	f->middle = value;
	use(f->low);
	MARKER(changed, f->middle, f->low, value);
	f->across = value >> 2;
	use(f->high);
	MARKER(changed_across, f->across, f->high);
	use(3);
	return 0;
}

KEEP u64 by_value(struct pair p, struct bits b)
{
	MARKER(by_value, p.first, p.second, p.third, p.fourth);
	use(p.first);
	MARKER(by_value_bits, b.a, b.b, b.c, MARKER_LABEL(bits_d, MARKER_AS(b.d, x)), b.f);
	use(b.b);
	return p.fourth + b.f;
}

KEEP u64 cut(u32 *word, u64 *wide, s16 value)
{
	MARKER(cut, (u8)*word, (s16)*wide, (s8)value, (int)*wide);
	use(*word);
	MARKER(cut_asked, MARKER_LABEL(bits_word, MARKER_AS(*word, u8)), MARKER_LABEL(bits_wide, MARKER_AS(*wide, x16)),
	       MARKER_LABEL(bits_value, MARKER_AS(value, x8)), (u16)word[1]);
	use(*wide + value);
	return 0;
}

KEEP u64 spilled(u64 wide)
{
	u8 a = wide >> 1, b = wide >> 2, c = wide >> 3;
	s8 d = wide >> 4, e = wide >> 5, g = wide >> 6;
	s16 h = wide >> 7;
	u16 i = wide >> 8;

	for (int round = 0; round < 3; round++) {
		use(a + b);
		MARKER(spilled, a, b, c, d, e, g);
		use(c + d);
		MARKER(spilled_words, h, i, round);
		a += b, b += c, c += d, d += e, e += g, g += h, h += i, i += a;
	}
	return a + b + c + d + e + g + h + i;
}

KEEP u64 local(u64 wide)
{
	struct fields f = { .low = wide, .middle = wide >> 3, .high = wide >> 10, .wide = wide };
	enum state state = wide & 1 ? FAILED : wide & 2 ? BUSY : IDLE;
	_Bool odd = wide & 4;

	MARKER(local, f.low, f.middle, f.high, f.wide, state, odd);
	use(f.low + f.middle + f.high);
	f.top = wide >> 20;
	MARKER(local_top, f.wide, f.top, state, odd);
	use(f.wide + f.top + state + odd);
	return 0;
}

static void round_of(u64 wide)
{
	struct fields f = {
		.low = wide, .middle = wide >> 3, .high = wide >> 10, .negative = wide >> 6, .whole = wide >> 9,
		.flag = wide >> 2, .rest = wide >> 12, .across = wide >> 30, .wide = wide, .top = wide >> 11,
		.state = FAILED, .yes = wide >> 17,
	};
	struct pair p = { wide, wide >> 16, wide >> 24, wide >> 32 };
	struct bits b = { wide, wide >> 4, wide >> 20, wide >> 7, wide >> 40, wide >> 48 };

	narrowed(wide);
	computed(wide, next());
	parameters(wide, wide >> 8, wide >> 16, wide >> 24, wide >> 32, wide >> 20);
	returned(wide);
	looped((const u8 *)&p, 4);
	in_memory(&f);
	changed(&f, wide >> 13);
	by_value(p, b);
	cut((u32[]){ wide >> 5, wide >> 23 }, &wide, wide >> 9);
	spilled(wide);
	local(wide);
}

int main(void)
{
	for (int i = 0; i < 8; i++)
		round_of(next());
	return 0;
}
