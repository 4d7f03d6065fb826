// gcc: -c
extern void release(int *item);
extern int state;
int give(int count, int *item);

int give(int count, int *item)
{
	if (count > 5)
		release(item);
	if (count > 7)
		state = 1;
	else
		state = 2;
	return count;
}
