/* SPDX-License-Identifier: MIT */
/*
 * faults.c - markers before the test of the pointer that they follow: at some hits it is null, or points where
 * nothing is. Built with the recorder of Benchmarks/truth, which notes such values, and with the real header.
 */
#ifndef RECORDER_H
#include <markers/marker.h>
#endif

struct node {
	int number;
	const char *name;
	struct node *next;
	struct { short small[4]; } inner;
};

#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

volatile long sink;
struct node *head;

KEEP void use(long value)
{
	sink += value;
}

/* Null at every other hit; behind the test nothing faults. */
KEEP long checked_later(struct node *node, long other)
{
	use(other);
	MARKER(m0, node, node->number, MARKER_AS(node->name, string), node->inner.small[2], other);
	if (!node)
		return -1;
	MARKER(m1, node->number, MARKER_AS(node->name, string));
	use(node->number);
	return other;
}

/* The second pointer on the way is null or points where nothing is. */
KEEP long two_pointers(struct node *node)
{
	MARKER(m2, node->number, node->next, node->next->number, MARKER_AS(node->next->name, string));
	use(node->number);
	if (node->next > node)
		use(node->next->number);
	MARKER(m3, head, head->number, sink);
	use(2);
	return 0;
}

/* The text of a node without a name. */
KEEP long unnamed(struct node *node)
{
	MARKER(m4, node->name, MARKER_AS(node->name, string), *node->name);
	use(node->name ? node->name[0] : 0);
	return 0;
}

int main(void)
{
	static struct node nodes[4] = {
		{ 11, "first", &nodes[1], { { 1, 2, 3 } } },
		{ 22, "second", (struct node *)16, { { 4, 5, 6 } } },
		{ 33, 0, 0, { { 7, 8, 9 } } },
		{ 44, "last", &nodes[0], { { 10, 11, 12 } } },
	};

	for (int i = 0; i < 4; i++) {
		checked_later(i % 2 ? 0 : &nodes[i], i);
		head = i == 2 ? 0 : &nodes[i];
		two_pointers(&nodes[i]);
		unnamed(&nodes[i]);
	}
	return 0;
}
