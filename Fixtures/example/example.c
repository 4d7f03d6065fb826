/* SPDX-License-Identifier: MIT */
/* A program with markers: it dispatches a few requests to two devices. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARKER_PROVIDER "example"
#include "queue.h"

static struct device devices[2] = {
	{ .number = 0, .name = "disk", .depth = 32 },
	{ .number = 7, .name = "tape", .depth = 1 },
};

static unsigned long dispatched;

__attribute__((noinline)) static unsigned int checksum(const unsigned char *bytes, size_t count)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < count; i++) {
		MARKER(checksum_byte, i, MARKER_LABEL(byte, MARKER_AS(bytes[0], x8)), sum);
		sum = sum * 31 + bytes[i];
	}
	return sum;
}

__attribute__((noinline)) static long dispatch(struct request *request)
{
	struct device *device = request->device;
	unsigned int sum;

	MARKER(dispatch,
	       MARKER_LABEL(host, request->device->number),
	       MARKER_LABEL(device, MARKER_AS(request->device->name, string)),
	       MARKER_LABEL(path, MARKER_AS(request->path, string)),
	       MARKER_LABEL(command, MARKER_AS(request->command, x8[6])));
	if (!request_fits(request, device->depth * 64UL)) {
		MARKER(refused, MARKER_LABEL(length, request->length), MARKER_LABEL(depth, device->depth));
		request->status = -1;
		return request->status;
	}
	device->busy = 1;
	sum = checksum(request->command, sizeof(request->command));
	dispatched++;
	MARKER(done, MARKER_AS(sum, x32), dispatched, MARKER_LABEL(busy, device->busy));
	device->busy = 0;
	request->status = (long)sum;
	return request->status;
}

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? strtol(argv[1], NULL, 0) : 3;
	long failed = 0;

	for (long round = 0; round < rounds; round++) {
		struct request request = {
			.device = &devices[round % 2],
			.path = round % 2 ? "/dev/tape7" : "/dev/disk0",
			.command = { 0x28, 0, 0, 0, (unsigned char)round, 1 },
			.length = (size_t)round * 40,
		};

		MARKER(round, round, failed);
		if (dispatch(&request) < 0)
			failed++;
	}
	printf("%lu dispatched, %ld refused\n", dispatched, failed);
	return 0;
}
