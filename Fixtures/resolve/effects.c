/* Counts of code that LLVM moved, merged and copied: "hits: N" says how often control comes to the statement of its
 * line; "shown" that only what the code does can show it, "gone" that some of it left no trace. */
#include <setjmp.h>

#define KEEP __attribute__((noinline))
#define NOTHING(value) ((void)0)

struct state {
	long live, mode, flags, total;
	long table[8];
};

volatile long sink;
static jmp_buf back;

KEEP void use(long value) { sink += value; }

KEEP void refuse(long value)
{
	use(value);
	if (value % 5 == 4)
		longjmp(back, 1);
}

/* A block of one statement: nothing beside it confirms its row, but the store is made nowhere else. */
KEEP void mark(struct state *s, long n)
{
	switch (n & 3) {
	case 0:
		s->live = n;                            /* hits: 3 shown */
		return;
	case 1:
		s->mode += n;                           /* hits: 3 shown */
		return;
	case 2:
		if (s->flags & 1) {                     /* hits: 3 shown */
			s->total = n;                   /* hits: 1 shown */
			return;
		}
		break;
	default:
		return;
	}
	s->table[n & 7] ^= n;                           /* hits: 2 shown */
}

/* The calls of the branches do not always return: what is behind them is passed less often than they are. */
KEEP void choose(struct state *s, long n)
{
	switch (n & 3) {
	case 0:
		refuse(n);
		break;
	case 1:
		use(n);
		break;
	default:
		refuse(s->total);
	}
	NOTHING(s->live);                               /* hits: 9 shown */
	s->live++;                                      /* hits: 9 shown */
}

/* Two calls of a function become one piece of code, which belongs to neither. */
static inline __attribute__((always_inline)) void lift(struct state *s, long n)
{
	s->total += n;                                  /* hits: 12 gone */
}

KEEP void once(struct state *s, long n)
{
	use(n);
	lift(s, n);
}

KEEP void either(struct state *s, long n)
{
	if (n > 5)
		lift(s, n);
	else
		lift(s, -n);
}

/* Its iterations are laid out one behind the other. */
static inline __attribute__((always_inline)) long next(struct state *s)
{
	long old = s->live;                             /* hits: 8 */
	long other = s->mode ^ old;                     /* hits: 8 */
	s->live = old * 5 + other;                      /* hits: 8 */
	s->mode = other << 3;                           /* hits: 8 */
	return other;
}

KEEP long seed(struct state *s)
{
	long last = 0;
	for (int i = 0; i < 8; i++)
		last += next(s);
	return last;
}

int main(void)
{
	static struct state s = { .flags = 0 };

	for (long n = 0; n < 12; n++) {
		s.flags = n == 6;
		mark(&s, n);
	}
	for (volatile long n = 0; n < 10; n++)
		if (!setjmp(back))
			choose(&s, n);
	for (long n = 0; n < 10; n++)
		either(&s, n);
	once(&s, 1);
	once(&s, 2);
	use(seed(&s));
	return 0;
}
