// gcc: -c
extern int release(int count);
int serve(int (*handle)(int), int first, int second);

int serve(int (*handle)(int), int first, int second)
{
	int sum = 7;

	if (handle) {
		if (first)
			sum = release(first);
		if (second)
			sum += release(second);
		return handle(sum);
	}
	return release(4);
}
