#include <markers/marker.h>

__attribute__((noipa)) static void fill(char *place, long count)
{
	for (;;) {
		MARKER(filling);
		asm volatile("rep stosb" : "+D"(place), "+c"(count) : "a"(0) : "memory");
		asm volatile("neg %1" : "+D"(place), "+c"(count) : : "memory");
	}
}

int main(int argc, char **argv)
{
	(void)argv;
	fill(0, argc);
}
