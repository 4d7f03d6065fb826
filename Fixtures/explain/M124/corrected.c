#include <markers/marker.h>

volatile int sink;

__attribute__((noipa)) static void push(int count)
{
	sink = count;
}

__attribute__((noipa)) static int take(int urgent, int count)
{
	sink = 1;
	if (urgent) {
		MARKER(urgent, count);
		push(1);
		push(count);
	} else {
		push(count);
	}
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc, argc);
}
