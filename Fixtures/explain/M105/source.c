// gcc: -c
extern void release(int *item);
int give(int count, int *item);

int give(int count, int *item)
{
	int found = 0;

	switch (count) {
	case 1:
		found = *item;
		release(item);
		break;
	case 2:
		found = *item + 1;
		release(item);
		break;
	}
	if (found)
		release(item);
	return found;
}
