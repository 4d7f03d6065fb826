#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	int product = count * 7;
	sink = count;
	MARKER(taken, product);
	sink = 2;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
