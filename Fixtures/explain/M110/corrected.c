#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	int number;

	MARKER(any, count);
	if (count & 1)
		number = 3;
	else
		number = 5;
	sink = number;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
