// gcc: -O3
#include <markers/marker.h>

volatile int sink;
int numbers[1024];

__attribute__((noinline)) static int take(int count)
{
	int sum = 0;

	for (int index = 0; index < 1024; index++) {
		MARKER(add, index);
		sum += numbers[index] * count;
	}
	return sum;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
