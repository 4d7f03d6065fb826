/* SPDX-License-Identifier: MIT */
#ifndef QUEUE_H
#define QUEUE_H

#include <stddef.h>

#include <markers/marker.h>

struct device {
	unsigned int number;
	char name[16];
	unsigned int busy : 1;
	unsigned int depth : 7;
};

struct request {
	struct device *device;
	const char *path;
	unsigned char command[6];
	size_t length;
	long status;
};

/* Inlined into each caller: one record, several places. */
static inline int request_fits(const struct request *request, size_t limit)
{
	MARKER_IN(example, fits, MARKER_LABEL(length, request->length), limit);
	return request->length <= limit;
}

#endif
