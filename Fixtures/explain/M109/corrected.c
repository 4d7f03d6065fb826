#include <markers/marker.h>

volatile int sink;

/* The lines are those of this file. */
__attribute__((noinline)) static int take(int count)
{
	MARKER(taken, count);
	sink = count;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
