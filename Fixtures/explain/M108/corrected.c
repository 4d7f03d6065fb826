// then: objcopy --only-keep-debug program program.debug; strip --strip-debug program; objcopy --add-gnu-debuglink=program.debug program
#include <markers/marker.h>

volatile int sink;

__attribute__((noipa)) static int take(int count)
{
	sink = 1;
	MARKER(taken, count);
	sink = 2;
	return sink;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
