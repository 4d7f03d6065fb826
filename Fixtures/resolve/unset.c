/* SPDX-License-Identifier: MIT */
/* A pointer that is null at the first pass of the place before it is asked. */
#include <stddef.h>

struct box {
	long head;
	int count;
};

static volatile long sink;

__attribute__((noinline)) void follow(struct box *box, int n)
{
	asm volatile("" : : : "memory");
	sink = n;				/* early */
	if (box)
		sink = box->count + n;		/* late */
	asm volatile("" : : "r"(box) : "memory");
}

int main(void)
{
	static struct box box = { 1, 12 };

	follow(NULL, 3);
	follow(&box, 3);
	return 0;
}
