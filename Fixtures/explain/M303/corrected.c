// gcc: -c -pg -mfentry -mrecord-mcount -mcmodel=kernel -fno-pic -fcf-protection=none
#include <markers/marker.h>

/* A guest calls its host by one instruction on AMD's processors and by another one on Intel's. */
#define HYPERCALL					\
	"661:	vmmcall\n662:\n"			\
	".pushsection .altinstr_replacement, \"ax\"\n"	\
	"663:	vmcall\n664:\n"				\
	".popsection\n"					\
	".pushsection .altinstructions, \"a\"\n"	\
	"	.long 661b - ., 663b - .\n"		\
	"	.word 8 * 32 + 18\n"			\
	"	.byte 662b - 661b, 664b - 663b\n"	\
	".popsection\n"

extern int release(int number);
int call_host(void);

int call_host(void)
{
	MARKER(leaving);
	release(1);
	asm volatile(HYPERCALL ::: "memory");
	return release(3);
}
