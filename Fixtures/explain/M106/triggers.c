// gcc: -O0
#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	int twice = count * 2;
	MARKER(taken, count);
	sink = twice;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
