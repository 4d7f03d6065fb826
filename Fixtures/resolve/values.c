/* Captures for the tests of the resolver: a comment "at: …" asks for them before the statement of its line. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum state { IDLE, BUSY = 7, FAILED = -3 };

struct inner {
	int first;
	int16_t second;
};

struct thing {
	uint32_t id;
	uint8_t small;
	int8_t negative;
	unsigned int low : 3, middle : 7, high : 22;
	uint64_t wide : 40;
	uint64_t top : 24;
	struct inner inner;
	union {
		uint64_t whole;
		struct {
			uint16_t part0, part1;
		};
	};
	const char *name;
	char text[12];
	int numbers[6];
	enum state state;
	struct thing *next;
	struct {
		struct inner member;
	} node;
	_Bool flag;
	long *pointer;
};

struct pair {
	int64_t left, right;
};

int global = 41;
static short local_static = -5;
int64_t table[4] = { 1, -2, 3, -4 };
extern int defined_elsewhere;
int defined_elsewhere = 12;
volatile long sink;
struct thing *head;

#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

KEEP void use(long value) { sink += value; }

KEEP long members(struct thing *t)
{
	use(t->id); /* at: t->id, t->small, t->negative, t->low, t->middle, t->high, t->wide, t->top */
	use(1);     /* at: t->inner.first, t->inner.second, t->whole, t->part1, t->state, t->flag, t->numbers[3] */
	use(2);     /* at: *t->pointer, t->next->id, t->next->next->inner.second, (*t).small, t->next */
	use(3);     /* at: t->text[1], *t->name, t->name[2], &t->id, t->name:string, t->text, t->numbers, table */
	return t->id;
}

KEEP long narrow(int8_t a, uint8_t b, int16_t c, uint16_t d, int e, unsigned f)
{
	use(a + b); /* at: a, b, c, d, e, f */
	use(c + d); /* at: c, d, e, f */
	use(e + f); /* at: e, f */
	return 0;
}

KEEP long by_value(struct pair p, struct inner i)
{
	use(p.left);                /* at: p.left, p.right, i.first, i.second */
	use(p.right + i.first);     /* at: p.right, i.first, i.second */
	use(i.second);              /* at: i.second */
	return 0;
}

KEEP long globals(int argument)
{
	static int counter = 3;
	counter += argument;
	use(counter);       /* at: global, local_static, table[1], table[3], defined_elsewhere, counter, head->id */
	local_static++;
	use(local_static);  /* at: local_static, global, (int)table[1], (uint8_t)global */
	return counter;
}

KEEP long shadowing(long x)
{
	long sum = 0;
	use(x);             /* at: x */
	{
		long x = sum + 100;
		use(x);     /* at: x */
		use(x + 1); /* at: x */
		sum += x;
	}
	use(x + 2);         /* at: x, sum */
	return sum + x;
}

KEEP long containers(struct inner *member)
{
	use(member->first); /* at: container_of(member, struct thing, node.member)->id, member->first */
	use(4);             /* at: ((struct thing *)head)->inner.first, *(unsigned char *)member */
	return 0;
}

KEEP long addressed(int n)
{
	int array[8];
	struct thing local = { .id = n + 1, .middle = 33, .negative = -9 };
	for (int i = 0; i < 8; i++)
		array[i] = i * n;
	local.pointer = (long *)array;
	local.name = "local name";
	head->next = &local;
	use(array[3]);                 /* at: array[5], local.id, local.middle, local.negative, n */
	use(*(int *)local.pointer);    /* at: array[2], local.id */
	head->next = NULL;
	return array[1];
}

static inline long scaled(long value, const struct pair *by)
{
	long result = value * 2;
	use(result);                   /* at: value, by->left, result */
	return result + by->right;
}

KEEP long inlines(long v, struct pair *p)
{
	long a = scaled(v, p);
	use(a);                        /* at: a */
	return a;
}

KEEP long inlines_constant(struct pair *p)
{
	return scaled(7, p);
}

int main(void)
{
	static long target = -77;
	static struct thing third = { .inner = { 8, -8 } };
	static struct thing second = { .id = 22, .next = &third };
	static struct thing first = {
		.id = 4000000000u, .small = 200, .negative = -100, .low = 5, .middle = 99, .high = 3000000,
		.wide = 0xabcdef0123, .top = 0x123456, .inner = { -6, -600 }, .whole = 0x1122334455667788,
		.name = "a name", .text = "text here", .numbers = { 0, 1, 2, -33 }, .state = FAILED,
		.next = &second, .flag = 1, .pointer = &target,
	};
	struct pair p = { -10000000000, 20000000000 };
	struct inner i = { -30, -31 };

	head = &first;
	members(&first);
	narrow(-1, 255, -300, 65000, -70000, 4000000000u);
	by_value(p, i);
	globals(5);
	shadowing(9);
	containers(&first.node.member);
	addressed(6);
	inlines(21, &p);
	inlines_constant(&p);
	printf("%ld\n", sink);
	return 0;
}
