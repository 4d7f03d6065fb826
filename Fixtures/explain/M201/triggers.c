#include <markers/marker.h>

volatile int sink;

__attribute__((noipa)) static int price(int count)
{
	return count * 3;
}

__attribute__((noinline)) static int take(int count)
{
	int unused;

	sink = 1;
	MARKER(taken, unused);
	sink = count;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
