/* SPDX-License-Identifier: MIT */
/*
 * witness.h - the header's own markers or, with WITNESS_TRUTH, markers that write what they see: a line with the
 * name and each value as 64 bits, sign extended where the value is signed.
 */
#ifndef WITNESS_TRUTH

#include <markers/marker.h>

#else

extern void witness_write(const char *name, const unsigned long long *values, unsigned count);

#define MARKER_AS(expr, format)		(expr)
#define MARKER_LABEL(label, expr)	(expr)
#define MARKER(name, ...) do {							\
	unsigned long long values_[] = { __VA_ARGS__ };				\
	witness_write(#name, values_, sizeof(values_) / sizeof(*values_));	\
} while (0)

#endif
