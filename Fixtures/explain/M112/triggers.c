// gcc: -c
extern int weights[64];
int both(int mode, int count);
int constant(int count);

static inline int weigh(int mode, int count)
{
	int weight = count;

	if (mode) {
		weight = count * 3;
		weights[mode] = weight;
	} else {
		weight = count + 1;
	}
	return weight;
}

int both(int mode, int count)
{
	return weigh(mode, count);
}

int constant(int count)
{
	return weigh(0, count);
}
