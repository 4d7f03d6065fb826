// gcc: -c
extern void release(int *item);
int take(int count, int *item);

int take(int count, int *item)
{
	int weight;

	if (count)
		weight = 1;
	else
		weight = 2;
	if (count > 5) {
		weight++;
		release(item);
	} else {
		release(item);
	}
	return weight;
}
