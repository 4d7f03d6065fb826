// cc: arm-linux-gnueabihf-gcc
// gcc: -marm
#include <markers/marker.h>

__attribute__((noipa)) static int add(int *counter)
{
	int old, failed;

	do {
		asm volatile("ldrex %0, [%1]" : "=r"(old) : "r"(counter) : "memory");
		asm volatile("strex %0, %1, [%2]" : "=&r"(failed) : "r"(old + 1), "r"(counter) : "memory");
	} while (failed);
	MARKER(added, old);
	*counter += 5;
	return old;
}

int main(int argc, char **argv)
{
	(void)argv;
	return add(&argc);
}
