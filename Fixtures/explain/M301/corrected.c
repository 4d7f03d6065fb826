// gcc: -c -pg -mfentry -mrecord-mcount -mcmodel=kernel -fno-pic -fcf-protection=none
#include <markers/marker.h>

int traced(int count);

int traced(int count)
{
	return count + 1;
}

extern int sink;
extern int release(int number);
int take(int count);

int take(int count)
{
	release(1);
	MARKER(taken, count);
	sink = count;
	sink += 7;
	return release(count);
}
