/* SPDX-License-Identifier: MIT */
/*
 * log.h - what the recorder (in the program with counting markers) and the
 * tracer (in the optimised program) write, so that one reader compares both.
 *
 * A log is "mklog1\0\0", the address space, then for each marker that was hit
 * a mark_header, and for each of its values `logged` states (bytes) and
 * `logged` values (native u64).
 */
#ifndef LOG_H
#define LOG_H

#include <stdint.h>
#include <stdio.h>

enum { VALUES = 6 };	/* captures a marker has at most */

enum state {
	STATE_VALUE = 'v',
	STATE_FAULT = '!',	/* reading it touched memory that is not there */
	STATE_MISSING = '-',	/* this site has no definition of it */
};

/* Where the program's memory is: addresses are compared by what they point into. */
struct address_space {
	uint64_t heap_start, image_start, image_end, stack_end;
};

struct mark_header {
	uint32_t number, value_count;
	uint64_t hits;
	uint64_t logged;
};

struct mark {
	struct mark_header header;
	uint8_t *states[VALUES];
	uint64_t *values[VALUES];
};

/* Memory that is not the program's heap, zeroed; ends the program when there is none. */
void *log_memory(size_t bytes);

/* Gives the mark room for `limit` hits. */
void log_prepare(struct mark *mark, unsigned value_count, uint64_t limit);

/* The number in the environment variable, or `otherwise`. */
uint64_t log_setting(const char *name, uint64_t otherwise);

/* A hash of at most 64 bytes up to the NUL: how strings are compared. */
uint64_t log_text_hash(const char *text, size_t size);

/* Writes all marks that were hit to the file that TRUTH_LOG names; nothing without it. */
void log_write(struct mark *const *marks, unsigned count);

#endif
