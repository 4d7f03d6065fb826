// gcc: -c
int rest(int count);
int take(int count);

__attribute__((noinline)) int rest(int count)
{
	int nothing = count - count;

	return nothing;
}

int take(int count)
{
	return rest(count) + count;
}
