#include <markers/marker.h>

volatile int sink;

__attribute__((noipa)) static int price(int count)
{
	return count * 3;
}

__attribute__((noinline)) static int take(int count)
{
	int first = price(count);

	first = price(first);
	sink = 1;
	MARKER(taken, first);
	sink = 2;
	return price(3);
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
