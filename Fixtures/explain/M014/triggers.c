// lint: --source .
#include <markers/marker.h>

volatile int sink;
#define SEEN(value) MARKER(seen, value)

__attribute__((noinline)) static int take(int count)
{
	sink = count;
	SEEN(count);
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
