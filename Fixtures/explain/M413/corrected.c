// gcc: -nostdlib -static
#include <markers/marker.h>

int take(volatile int *place, int count);

/* What makes the program a kernel. */
#define IN(name) __attribute__((used, section(name)))
IN(".init.text") void _start(void) { }
IN(".init.data") static int initial = 4;
__asm__(".globl _stext, _etext\n_stext = take\n_etext = take + 64");
IN(".text") int register_kprobe(void *probe) { return probe == &initial; }

__attribute__((used)) int take(volatile int *place, int count)
{
	place[0] = count;
	MARKER(taken, count);
	place[1] = 3;
	return 4;
}
