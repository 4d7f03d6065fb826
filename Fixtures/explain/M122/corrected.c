#include <markers/marker.h>

__attribute__((noipa)) static void await(volatile int *place)
{
	int wanted;

	wanted = 0;
	while (*place != wanted)
		;
	MARKER(awaited, place);
	*place = 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	await(&argc);
	return 0;
}
