// gcc: -gsplit-dwarf
#include <markers/marker.h>

volatile int sink;

int main(int argc, char **argv)
{
	(void)argv;
	sink = 1;
	MARKER(begun, argc);
	sink = argc;
	return 0;
}
