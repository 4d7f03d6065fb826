/* SPDX-License-Identifier: MIT */
/*
 * recorder.h - stands in for markers/marker.h in the program that tells the
 * truth: there a marker counts, and logs its values at the first hits.
 */
#ifndef RECORDER_H
#define RECORDER_H

struct mark;
extern struct mark *__truth_mark(const char *name, unsigned values);
extern int __truth_hit(struct mark *);
extern void __truth_value(struct mark *, unsigned k, unsigned long value);
extern void __truth_fault(struct mark *, unsigned k);
extern void __truth_done(void);
extern unsigned long __truth_text(const char *);
extern void *__truth_way_back[5];

/* What a fault reaches through __truth_way_back is a value that cannot be read. */
#define __TRUTH_VALUE(k, v)						\
	if (!__builtin_setjmp(__truth_way_back))			\
		__truth_value(__mark, k, (unsigned long)(v));		\
	else								\
		__truth_fault(__mark, k);

#define __TRUTH_0(k)
#define __TRUTH_1(k, v)		__TRUTH_VALUE(k, v)
#define __TRUTH_2(k, v, ...)	__TRUTH_VALUE(k, v) __TRUTH_1(k + 1, __VA_ARGS__)
#define __TRUTH_3(k, v, ...)	__TRUTH_VALUE(k, v) __TRUTH_2(k + 1, __VA_ARGS__)
#define __TRUTH_4(k, v, ...)	__TRUTH_VALUE(k, v) __TRUTH_3(k + 1, __VA_ARGS__)
#define __TRUTH_5(k, v, ...)	__TRUTH_VALUE(k, v) __TRUTH_4(k + 1, __VA_ARGS__)
#define __TRUTH_6(k, v, ...)	__TRUTH_VALUE(k, v) __TRUTH_5(k + 1, __VA_ARGS__)
#define __TRUTH_PICK(_, a, b, c, d, e, f, n, ...)	n
#define __TRUTH_COUNT(...)	__TRUTH_PICK(0, ##__VA_ARGS__, 6, 5, 4, 3, 2, 1, 0)
#define __TRUTH_CAT_(a, b)	a##b
#define __TRUTH_CAT(a, b)	__TRUTH_CAT_(a, b)

/* Only `string` is asked for; it is compared by its text, not its address. */
#define MARKER_AS(expr, format)	__truth_text(expr)

#define MARKER(name, ...) do {						\
	static struct mark *__mark;					\
	if (!__mark)							\
		__mark = __truth_mark(#name, __TRUTH_COUNT(__VA_ARGS__));\
	if (__truth_hit(__mark)) {					\
		__TRUTH_CAT(__TRUTH_, __TRUTH_COUNT(__VA_ARGS__))	\
			(0, ##__VA_ARGS__)				\
		__truth_done();						\
	}								\
} while (0)

#endif
