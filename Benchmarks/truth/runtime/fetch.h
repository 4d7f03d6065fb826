/* SPDX-License-Identifier: MIT */
/* fetch.h - evaluates a fetch argument as Documentation/trace/uprobetracer.rst says. */
#ifndef FETCH_H
#define FETCH_H

#include <stdint.h>
#include <ucontext.h>

enum { DEREFERENCES = 14 };	/* the kernel's limit */

enum base { BASE_REGISTER, BASE_STACK, BASE_STACK_ENTRY, BASE_IMMEDIATE, BASE_MEMORY };
enum kind { KIND_UNSIGNED, KIND_SIGNED, KIND_BITS, KIND_STRING };

struct fetch {
	enum base base;
	int reg;		/* index into gregs, of BASE_REGISTER */
	uint64_t number;	/* immediate, address, stack entry */
	unsigned count;		/* dereferences, the innermost first */
	int64_t offset[DEREFERENCES];
	enum kind kind;
	unsigned bits;		/* of the value, of a bit field's container */
	unsigned width, shift;	/* of a bit field */
};

/* Returns 0 when the text is not a fetch argument that the tracer knows. */
int fetch_parse(const char *text, struct fetch *fetch);

/* Returns 0 when memory could not be read. */
int fetch_value(const struct fetch *fetch, const greg_t *registers, uint64_t *value);

#endif
