/* SPDX-License-Identifier: MIT */
/* Included by both files: its record is the same in both and is one after linking with gcc. */
#ifndef SHARED_H
#define SHARED_H

struct part {
	int number;
	char name[8];
	unsigned int flag : 3;
};

struct whole {
	struct part *part;
	unsigned char bytes[16];
	const char *text;
};

static inline int shared(const struct whole *whole, int limit)
{
	MARKER_IN(shared, inlined, whole->part->number, limit);
	return whole->part->number < limit;
}

int other(struct whole *whole, int count);

#endif
