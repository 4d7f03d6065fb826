#include <markers/marker.h>

volatile int sink;

__attribute__((always_inline)) inline static int take(int count)
{
	sink = 1;
	MARKER(taken, count);
	sink = 2;
	return sink;
}

__attribute__((noipa)) static int first(int number)
{
	return take(number * 3);
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc) + first(argc);
}
