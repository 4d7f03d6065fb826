// gcc: -c -pg -mfentry -mrecord-mcount -mcmodel=kernel -fno-pic -fcf-protection=none
#include <markers/marker.h>

/* What makes the object a module, and tells of which kernel. */
#define IN(name) __attribute__((used, section(name)))
IN(".modinfo") static const char information[] = "name=shop\0vermagic=6.1.0 SMP preempt mod_unload ";
IN(".gnu.linkonce.this_module") static long module[16];

int total;
int take(volatile int *place, int count);

int take(volatile int *place, int count)
{
	int now = total;

	place[0] = now + count;
	MARKER(taken, total);
	place[1] = now;
	return count;
}
