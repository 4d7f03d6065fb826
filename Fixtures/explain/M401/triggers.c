#include <markers/marker.h>

volatile int sink;

__attribute__((always_inline)) inline static int take(int count)
{
	sink = 1;
	MARKER(taken_under_a_name_with_all_of_the_sixty_three_bytes_a_name_may, count);
	sink = 2;
	return sink;
}

__attribute__((noipa)) static int first(int number)
{
	return take(number * 3);
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc) + first(argc);
}
