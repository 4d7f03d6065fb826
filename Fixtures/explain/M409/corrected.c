// gcc: -c
#include <markers/marker.h>

extern volatile int sink;
int total asm("shop_total");
int take(int count);

int take(int count)
{
	sink = 1;
	MARKER(taken, total);
	sink = count;
	return count + total;
}
