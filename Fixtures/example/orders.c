/* SPDX-License-Identifier: MIT */
/*
 * orders.c - a small program with markers: a queue of orders is priced and
 * served.  Build it with optimisation and debugging information:
 *
 *	gcc -O2 -g -I include Fixtures/example/orders.c -o orders
 */
#define MARKER_PROVIDER "orders"

#include <markers/marker.h>
#include <stdio.h>
#include <stdlib.h>

struct item {
	char name[16];
	unsigned int price;
};

struct order {
	struct order *next;
	const struct item *item;
	unsigned long id;
	unsigned int count;
	unsigned int rush : 1;
};

static const struct item items[] = {
	{ "nail", 2 }, { "hammer", 1500 }, { "saw", 2300 }, { "glue", 310 },
};

static unsigned long served;

/* Inlined into both callers: each copy is a place of its own. */
static inline unsigned long price(const struct order *order)
{
	unsigned long sum = (unsigned long)order->count * order->item->price;

	if (order->rush)
		sum += sum / 4;
	MARKER(price, MARKER_LABEL(order, order->id), sum);
	return sum;
}

static struct order *take(struct order **queue)
{
	struct order *order = *queue;

	if (!order)
		return NULL;
	*queue = order->next;
	MARKER(take, order->id, MARKER_AS(order->item->name, string), order->rush);
	return order;
}

static __attribute__((noinline)) unsigned long estimate(const struct order *queue)
{
	unsigned long sum = 0;

	for (; queue; queue = queue->next)
		sum += price(queue);
	return sum;
}

static __attribute__((noinline)) unsigned long serve(struct order **queue)
{
	unsigned long sum = 0;
	struct order *order;

	while ((order = take(queue))) {
		sum += price(order);
		served++;
		MARKER(serve, order->id, served, sum);
		free(order);
	}
	return sum;
}

int main(void)
{
	struct order *queue = NULL;
	unsigned long expected, sum;

	for (unsigned long id = 12; id > 0; id--) {
		struct order *order = malloc(sizeof(*order));

		if (!order)
			return 1;
		*order = (struct order){
			.next = queue, .item = &items[id % 4], .id = id,
			.count = (unsigned int)id * 3, .rush = id % 5 == 0,
		};
		queue = order;
	}
	expected = estimate(queue);
	sum = serve(&queue);
	printf("%lu orders for %lu, %lu expected\n", served, sum, expected);
	return 0;
}
