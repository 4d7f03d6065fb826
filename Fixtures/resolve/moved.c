/* SPDX-License-Identifier: MIT */
/* Values of another moment that the debugging information gives without a word: "not COMPILER: NAME" names what must not
 * be claimed at all places of the line. */
#include <stdlib.h>

#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

static volatile long sink;

/* the counter of a loop that counts by its pointer */
static const unsigned long table[4] = { 1, 2, 4, 8 };

KEEP static unsigned long sum(const unsigned char *s, unsigned n)
{
	unsigned long c = 7;

	if (n) do {
		c = table[(c ^ *s++) & 3] ^ (c >> 8);	/* not gcc-12: n */
	} while (--n);
	return c;
}

/* a global that a macro changes in a macro, kept in a register by the loop */
#define UPDATE(h, c) (h = (((h) << 5) ^ (c)) & 0x7fff)
#define INSERT(i, before) (UPDATE(hash, text[(i) + 2]), chain[(i) & 7] = before = head[hash & 7], head[hash & 7] = (i))
unsigned hash, position;
static unsigned short chain[8], head[8];
static unsigned char text[16] = "abcabcabcabcabc";

KEEP static unsigned insert(unsigned n)
{
	unsigned before;

	do {
		position++;
		INSERT(position, before);		/* not gcc-12: hash */
	} while (--n != 0);
	return before;
}

/* a local that goes by address and is a constant behind the marker */
KEEP static int build(int a, int b, int c, int d, int e, int f, int *size)
{
	sink = a + b + c + d + e + f;
	return *size;
}

static int known, kept;

KEEP static int tables(int b, int k)
{
	int size = 7;

	if (build(1, 2, 3, 4, 5, 6, &size) == 0)
		return 1;
	known = b;
	kept = k;
	size = 9;					/* not clang-16: size */
	return build(k, b, 257, 4, 5, 6, &size);
}

/* a copy that needs no instruction */
struct node {
	struct node *next;
};

KEEP static void drop(struct node *p)
{
	struct node *q;

	while (p) {
		q = (--p)->next;
		free(p);
		p = q;					/* not clang-16: p */
	}
}

/* a place that holds for the inlined body, not for the statement that calls it */
struct tree {
	struct tree *left;
	int kind;
};

static struct tree *leaf(int kind)
{
	struct tree *t = malloc(sizeof(*t));

	if (!t)
		abort();
	t->left = 0;
	t->kind = kind;
	return t;
}

static struct tree *one(int kind, struct tree *left)
{
	struct tree *t;

	t = leaf(kind);					/* not clang-14: left */
	t->left = left;
	return t;
}

static struct tree *root;

KEEP struct tree *make(void)
{
	return one(351, one(7, root));
}

int main(void)
{
	struct node *list = calloc(1, 2 * sizeof(*list));

	sink = (long)sum(text, 5) + insert(3) + tables(1, 2);
	drop(list + 1);
	make();
	return 0;
}
