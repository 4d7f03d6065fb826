// gcc: -O2
#include <markers/marker.h>

volatile int sink;

__attribute__((noinline)) static int take(int count)
{
	if (count & 1) {
		MARKER(taken, count);
again:
		sink = count;
		if (sink > 100)
			goto again;
	}
	return count + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
