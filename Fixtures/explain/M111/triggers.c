#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	if (sizeof(count) == 8) {
		MARKER(wide, count);
		sink = 1;
	}
	sink = count;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
