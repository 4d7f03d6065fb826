// gcc: -c -pg -mfentry -mrecord-mcount -mcmodel=kernel -fno-pic -fcf-protection=none
#include <markers/marker.h>

extern int sink;
extern int release(int number);
int traced(int count);
int untraced(int count);

static __attribute__((noinline)) void take(int count)
{
	release(1);
	MARKER(taken);
	sink = count;
	sink += 7;
}

int traced(int count)
{
	take(count);
	return release(count);
}

__attribute__((no_instrument_function)) int untraced(int count)
{
	take(count + 1);
	return release(2);
}
