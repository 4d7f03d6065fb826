#include <markers/marker.h>

volatile int sink;

static int take(int count)
{
	MARKER(taken, count);
	sink = count;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc) + take(argc + 1);
}
