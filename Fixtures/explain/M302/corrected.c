// cc: arm-linux-gnueabihf-gcc
// gcc: -marm
#include <markers/marker.h>

volatile int places[8];

__attribute__((noipa)) static int fill(int count)
{
	MARKER(filling, count);
	places[0] = count;
	places[1] = count + 2;
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return fill(argc);
}
