#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
#pragma GCC unroll 1
	for (int index = 0; index < 4; index++) {
		MARKER(step, index);
		sink = count + index;
	}
	return count;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
