/* Counts, for the tests of the resolver: "hits: N" says how often control comes to the statement of its line. */
#include <setjmp.h>
#include <stdio.h>

#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

volatile long sink;
static jmp_buf back;

KEEP void use(long value) { sink += value; }
KEEP long twice(long value) { return value + value; }

KEEP void refuse(long value)
{
	use(value);                                     /* hits: 8 */
	if (value == 3)
		longjmp(back, 1);
}

/* gcc splits it: the test is inlined, the rest becomes a function of its own, or is inlined back. */
static void drain(long left)
{
	if (left == 0)                                  /* hits: 60 */
		return;
	use(left);                                      /* hits: 48 */
	use(twice(left) + 1);                           /* hits: 48 */
	use(twice(left + 2) * 3);
	use(twice(left ^ 5) - 7);
	use(twice(left & 11) * 13);
	use(twice(left | 17) + 19);
	use(twice(left * 23) - 29);
	use(twice(left - 31) * 37);                     /* hits: 48 */
}

KEEP void left(long n) { drain(n); }
KEEP void right(long n)
{
	use(n);                                         /* hits: 20 */
	drain(n % 5);
}
KEEP void middle(long n)
{
	drain(n % 5);                                   /* hits: 20 */
	use(n);                                         /* hits: 20 */
}

/* Jumps out of statements: what is behind is passed as often as the statement less the jumps. */
KEEP long classify(long value)
{
	if (value < 0)                                  /* hits: 40 */
		return -1;
	if (value % 3 == 0) {                           /* hits: 30 */
		use(value);                             /* hits: 10 */
		return twice(value);                    /* hits: 10 */
	}
	if (value % 3 == 1)                             /* hits: 20 */
		use(1);                                 /* hits: 10 */
	else
		use(2);                                 /* hits: 10 */
	value = twice(value);                           /* hits: 20 */
	return value + 1;                               /* hits: 20 */
}

/* A call that does not return is passed more often than what stands behind it. */
KEEP void steps(long n)
{
	for (long i = 0; i < n; i++) {
		switch (i % 2) {                        /* hits: 8 */
		case 0:
			refuse(i);                      /* hits: 4 */
			break;                          /* hits: 4 */
		default:
			refuse(i);                      /* hits: 4 */
			break;                          /* hits: 2 */
		}
	}
}

KEEP long search(const long *values, long count, long wanted)
{
	long steps = 0;

	for (long i = 0; i < count; i++) {
		if (values[i] < 0)                      /* hits: 36 */
			continue;
		steps++;                                /* hits: 31 */
		if (values[i] == wanted) {              /* hits: 31 */
			use(steps);                     /* hits: 4 */
			break;
		}
		use(values[i]);                         /* hits: 27 */
	}
	use(count);                                     /* hits: 6 */
	return steps;                                   /* hits: 6 */
}

/* Loops that compilers unroll, or that do several iterations at once. */
KEEP void mix(long *state)
{
	for (int i = 0; i < 16; i++) {
		long low = state[0];                    /* hits: 32 */
		long high = state[1] ^ low;             /* hits: 32 */
		state[0] = (low << 3) + high;           /* hits: 32 */
		state[1] = high >> 5;                   /* hits: 32 */
	}
}

KEEP void lower(unsigned short *table)
{
	for (int i = 0; i < 70; i++) {
		unsigned short old = table[i];          /* hits: 140 */
		table[i] = old >= 9 ? old - 9 : 0;      /* hits: 140 */
	}
}

int main(void)
{
	static unsigned short table[70];
	static long state[2] = { 1, 2 };
	static const long values[] = { 4, -1, 7, 9, 2, 6, 8, 3 };

	for (long n = 0; n < 20; n++) {
		left(n % 5);
		right(n);
		middle(n);
	}
	for (long n = -10; n < 30; n++)
		use(classify(n));
	if (!setjmp(back))
		steps(5);
	if (!setjmp(back))
		steps(5);
	for (long n = 1; n < 7; n++)
		use(search(values, 8, n));
	for (int n = 0; n < 2; n++) {
		mix(state);
		lower(table);
	}
	return 0;
}
