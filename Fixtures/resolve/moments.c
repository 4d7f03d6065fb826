/* SPDX-License-Identifier: MIT */
/* What memory holds at the moment of a place: "is:" names an object and its value there at the first pass. */
#include <stdlib.h>

struct box {
	long a, b, c, d;
	int state, count;
	struct box *next;
};

static volatile int sink;

/* stores that are put together, or done in another order */
__attribute__((noinline)) void fill(struct box *box, int n)
{
	box->a = 0;
	box->b = 0;				/* is: box->b 12 */
	box->c = 0;				/* is: box->c 13 */
	box->d = n;				/* is: box->d 14 */
	box->count = n + 1;			/* is: box->count 16 */
	sink = n;				/* is: box->count 6 */
}

/* a store that another one makes needless */
__attribute__((noinline)) void steps(struct box *box, int n)
{
	box->state = 1;				/* is: box->state 15 */
	sink = n;				/* is: box->state 1 */
	box->state = 2;				/* is: box->state 1 */
	box->next = box;			/* is: box->state 2 */
}

/* a member that lives in a register as long as the loop runs */
__attribute__((noinline)) void sum(struct box *box, const int *v, int n)
{
	box->count = 0;
	for (int i = 0; i < n; i++) {
		box->count += v[i];		/* is: box->count 0 */
		box->a ^= i;			/* is: box->count 3 */
	}
	sink = n;				/* is: box->count 12 */
}

__attribute__((noinline)) void set(int *p, int n) { *p = n + sink - sink; }

/* a local that has a place in memory, and is often only in a register */
__attribute__((noinline)) int local(int n)
{
	int m = n + 7;

	if (n > 100)
		set(&m, n);
	sink = m;				/* is: m 12 */
	m = n * 3;				/* is: m 12 */
	sink = m;				/* is: m 15 */
	if (sink == 99)
		set(&m, n);
	return m;				/* is: m 15 */
}

/* a loop whose head is aligned, and a variable that its first statement changes */
__attribute__((noinline)) int chain(const short *parent, int k)
{
	int j = 0;

	while (parent[k] >= 0) {
		k = parent[k];			/* is: k 5 */
		j++;				/* is: k 3 */
		sink = j;			/* is: k 3 */
	}
	return j;
}

/* a result that is saved around a call that control may pass by */
__attribute__((noinline)) long pick(struct box *box)
{
	asm volatile("" : : : "memory");
	return box->d + 28;
}

__attribute__((noinline)) void tell(struct box *box)
{
	asm volatile("" : : "r"(box) : "memory");
	sink = box->count;
}

__attribute__((noinline)) long saved(struct box *box)
{
	long r = pick(box);

	if (box->next->a > 100)
		tell(box);
	sink = 1;				/* is: r 33 */
	return r;				/* is: r 33 */
}

/* a parameter that changes before gcc splits the function */
static void grow(struct box *box, int n)
{
	if (++n < box->state)
		return;
	box->c = n + 10;			/* is: n 8 */
	tell(box);
	box->d = pick(box) + n;			/* is: n 8 */
	tell(box);
	sink = n;				/* is: n 8 */
	tell(box);
}

/* changes that are put together with what follows */
__attribute__((noinline)) int rest(struct box *box, int len, int copy)
{
	do {
		tell(box);
		len -= copy;			/* is: len 20 */
		if (len && sink == 99)		/* is: len 17 */
			return 0;
	} while (len > 15);
	return len;
}

__attribute__((noinline)) int last(struct box *box, const int *v, int n)
{
	int max = 7;

	for (int i = 0; i < n; i++) {
		if (v[i] != 3)
			(&box->a)[box->state++ & 3] = max = i;	/* is: max 7 */
	}
	return max;
}

__attribute__((noinline)) unsigned bits(const unsigned char *in, unsigned hold, unsigned have)
{
	if (have < 15) {
		hold += (unsigned)*in++ << have;
		have += 8;			/* is: hold 2561 */
		hold += (unsigned)*in++ << have;	/* is: have 16 */
		have += 8;			/* is: hold 723457 */
	}
	return hold & 0xffffff;
}

/* what one function that is inlined has changed, and the next one changes back */
static inline __attribute__((always_inline)) void less(struct box *box) { box->count--; }

static inline __attribute__((always_inline)) void more(struct box *box, int n)
{
	sink = n;				/* is: box->count 5 */
	if (n > 2 || box->count++ > 100)	/* is: box->count 5 */
		box->count = 1;
}

__attribute__((noinline)) void both(struct box *box, int n)
{
	less(box);
	more(box, n);
}

int main(void)
{
	static const int v[] = { 3, 4, 5 };
	static const short parent[] = { -1, 0, 1, 2, 1, 3 };
	struct box *box = malloc(sizeof(*box));

	*box = (struct box){ 11, 12, 13, 14, 15, 16, 0 };
	/* or the compiler drops what the callees never read */
	asm volatile("" : : "r"(box) : "memory");
	fill(box, 5);
	asm volatile("" : : "r"(box) : "memory");
	steps(box, 5);
	asm volatile("" : : "r"(box) : "memory");
	sum(box, v, 3);
	asm volatile("" : : "r"(box) : "memory");
	*box = (struct box){ .d = 5, .state = 2, .count = 6, .next = box };
	asm volatile("" : : "r"(box) : "memory");
	saved(box);
	grow(box, 7);
	grow(box->next, 8);
	*box = (struct box){ .d = 5, .state = 2, .count = 6, .next = box };
	both(box, 1);
	asm volatile("" : : "r"(box) : "memory");
	rest(box, 20, 3);
	last(box, v, 3);
	bits((const unsigned char *)"\x0a\x0b\x0c", 1, 8);
	return local(5) + chain(parent, 5) == 0;
}
