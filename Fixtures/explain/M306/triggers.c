// gcc: -c -pg -mfentry -mrecord-mcount -mcmodel=kernel -fno-pic -fcf-protection=none
#include <markers/marker.h>

extern int release(int number);
int take(volatile char *place, int count);

int take(volatile char *place, int count)
{
	release(1);
	MARKER(first, count);
	place[0] = count;
	MARKER(second, count);
	place[1] = count;
	place[2] = count;
	place[500] = 3;
	return 4;
}
