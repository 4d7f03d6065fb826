// gcc: -O0
#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	int product = count * 7;
	MARKER(taken, product);
	sink = product;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
