#include <markers/marker.h>

volatile int sink;

/* Made by a generator, whose input is not here. */
#line 20 "grammar.y"
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
