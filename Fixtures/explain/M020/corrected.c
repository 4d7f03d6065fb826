// lint: --source .
#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	sink = count;
	MARKER(taken, count);
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
