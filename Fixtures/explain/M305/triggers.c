// gcc: -c -pg -mfentry -mrecord-mcount -mcmodel=kernel -fno-pic -fcf-protection=none
#include <markers/marker.h>

extern void release(void);
int take(volatile int *place, int count);

int take(volatile int *place, int count)
{
	release();
	MARKER(releasing);
	release();
	place[1] = count;
	return count;
}
