/* Places that no row of the marker's own statements stands for, and that follow from what other statements are passed:
   "hits: N" says how often control comes to the statement of its line. */
#ifdef __clang__
#define KEEP __attribute__((noinline))
#else
#define KEEP __attribute__((noipa))
#endif

volatile long sink;

KEEP void use(long value) { sink += value; }
KEEP long twice(long value) { return value + value; }

/* The loop's rows stand at its condition, which is passed more often. */
KEEP long nested(const long *from, long count)
{
	long at = 0;

	while (1) {
		if (at >= count)
			break;
		while (from[at] == 0)                   /* hits: 4 */
			at++;
		if (from[at] > 3)                       /* hits: 4 */
			use(from[at]);
		at++;                                   /* hits: 4 */
	}
	return at;                                      /* hits: 1 */
}

/* One of two ways knows what the other has to find out. */
KEEP long opened(long name)
{
	long number;

	if (name == 0)
		number = -1;
	else
		number = twice(name);
	if (number <= 0) {                              /* hits: 12 */
		sink = 3;                               /* hits: 4 */
	} else {
		use(number);                            /* hits: 8 */
		sink = 4;
	}
	return sink;                                    /* hits: 12 shown */
}

/* What the branch sets is constant behind it and leaves no code. */
KEEP long step(long state, long *work)
{
	long done;

	switch (state) {
	case 1:
		if (*work == 0) {
			sink = 9;
			done = 0;                       /* hits: 2 */
		} else
			done = twice(*work);            /* hits: 3 */
		break;                                  /* hits: 5 */
	case 2:
		use(state);
		done = 1;                               /* hits: 4 */
		break;
	default:
		done = 2;                               /* hits: 3 found */
		break;
	}
	return done;                                    /* hits: 12 */
}

/* The ways in are merged with others that do the same. */
KEEP long pick(long kind, long value)
{
	long result = 0;

	if (kind == 1) {
		use(value);
		goto keep;                              /* hits: 3 */
	}
	if (kind == 2)
		goto keep;                              /* hits: 3 */
	use(kind);
	result = twice(value);
	return result;                                  /* hits: 6 */
keep:
	use(value + 1);                                 /* hits: 6 */
	return value;                                   /* hits: 6 */
}

int main(void)
{
	static const long list[] = { 0, 5, 0, 0, 2, 9, 0, 1 };
	static long work[] = { 0, 4, 0, 7, 8 };

	nested(list, 8);
	for (long i = 0; i < 12; i++)
		opened(i % 3);
	for (long i = 0; i < 5; i++)
		step(1, &work[i]);
	for (long i = 0; i < 7; i++)
		step(i % 2 ? 5 : 2, work);
	for (long i = 0; i < 12; i++)
		pick(i % 4, i);
	return 0;
}
