// lint: --source .
#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	sink = count;
#ifdef WIDE
	MARKER(taken, count);
#endif
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
