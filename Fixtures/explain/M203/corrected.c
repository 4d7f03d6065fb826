#include <markers/marker.h>

volatile int sink;

__attribute__((noipa)) static int price(int count)
{
	return count * 3;
}

__attribute__((noipa)) static int take(int count)
{
	MARKER(taken, count);
	sink = price(4);
	sink = 2;
	return price(3);
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
