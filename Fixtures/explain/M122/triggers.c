#include <markers/marker.h>

__attribute__((noipa)) static void await(volatile int *place)
{
	int wanted;

	MARKER(awaiting, place);
	wanted = 0;
	while (*place != wanted)
		;
}

int main(int argc, char **argv)
{
	(void)argv;
	await(&argc);
	return 0;
}
