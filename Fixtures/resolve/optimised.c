/* Values that the compiler keeps nowhere as such, for the tests of the resolver: "at: …" as in values.c. */
#include <stdio.h>

struct pair {
	long left, right;
};

struct node {
	struct pair pair;
	struct node *next;
};

struct outer {
	int id;
	struct {
		short before;
		struct node node;
	} middle;
};

#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

volatile long sink;

KEEP void use(long value) { sink += value; }

static inline long sum(const struct pair *by, long more)
{
	use(more);
	use(by->left);          /* at: by->left, by->right, (*by).left, more */
	return by->left + by->right;
}

/* The address of a variable that lives in registers: DW_OP_implicit_pointer to pieces. */
KEEP long pointed_at(long a, long b)
{
	struct pair local = { a, b };
	return sum(&local, 3);
}

static inline long triple(const long *by, long more)
{
	use(more);
	use(*by);               /* at: *by, more */
	return *by * 3;
}

/* The address of a number that is in a register. */
KEEP long number_at(long a)
{
	long local = a * 5;
	return triple(&local, 6) + local;
}

/* The same with a constant. */
KEEP long constant_at(void)
{
	long local = 55;
	return triple(&local, 7);
}

/* The same with a structure of constants. */
KEEP long constants(void)
{
	struct pair local = { 5, -7 };
	return sum(&local, 4);
}

/* A parameter that nothing needs after its first use: DW_OP_entry_value. */
KEEP long entered(long first, long second)
{
	use(first);             /* at: first, second */
	use(second);            /* at: second */
	use(1);                 /* at: first, second */
	return 0;
}

/* A value that is a computation: DW_OP_stack_value over a register. */
KEEP long computed(long n)
{
	long offset = n + 16, half = 40;
	use(n);                 /* at: offset, half, n */
	return offset + half;
}

KEEP long chained(struct pair *pair)
{
	use(pair->left);        /* at: container_of(pair, struct node, pair)->next->pair.right */
	return 0;
}

KEEP long chained_twice(struct pair *pair)
{
	use(pair->right);       /* at: container_of(container_of(pair, struct node, pair), struct outer, middle.node)->id */
	return 0;
}

int main(void)
{
	static struct node last = { { 11, -12 }, 0 };
	static struct outer outer = { 77, { 3, { { 21, 22 }, &last } } };

	pointed_at(100, -200);
	constants();
	number_at(8);
	constant_at();
	entered(31, -32);
	computed(5);
	chained(&outer.middle.node.pair);
	chained_twice(&outer.middle.node.pair);
	printf("%ld\n", sink);
	return 0;
}
