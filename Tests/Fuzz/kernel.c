/* SPDX-License-Identifier: MIT */
/* A few sections and symbols that make an image a kernel or a module for the tool, with a marker. */
#define MARKER_PROVIDER "fuzz"
#include <markers/marker.h>

#define IN(name) __attribute__((used, section(name)))

struct entry {
	struct entry *next;
	unsigned int low : 5, high : 27;
	const char *name;
	union {
		long whole;
		short parts[4];
	};
};

struct entry *head;
int total;

static inline int fold(struct entry *e, int n)
{
	MARKER(fold, n, MARKER_LABEL(part, e->parts[1]), e->high);
	return e->low * n;
}

__attribute__((noinline)) int walk(struct entry *e, int n)
{
	int local[4] = { n, n + 1, n + 2, n + 3 };

	for (; e; e = e->next) {
		MARKER(walk, MARKER_AS(e->name, string), e->whole, n, local[2]);
		total += fold(e, local[n & 3]);
		switch (n) {
		case 1: total += 3; break;
		case 2: total *= 5; break;
		case 3: total -= 7; break;
		case 4: total ^= 11; break;
		case 5: total |= 13; break;
		}
	}
	return total;
}

__attribute__((used, noinline)) int register_kprobe(void *probe) { return probe == head; }

IN(".init.text") int _start(void) { return walk(head, fold(head, 4)); }
IN(".init.data") int initial = 4;

/* What the kernel's tables look like: pointers, and pairs of self-relative references. */
#define TABLE(section_name, start, stop, entry)                                                            \
	__asm__(".pushsection " section_name ",\"a\"\n.globl " start ", " stop "\n" start ":\n" entry "\n" stop \
		":\n.popsection")
TABLE("__mcount_loc", "__start_mcount_loc", "__stop_mcount_loc", ".quad walk");
TABLE("_kprobe_blacklist", "__start_kprobe_blacklist", "__stop_kprobe_blacklist", ".quad walk");
TABLE("__jump_table", "__start___jump_table", "__stop___jump_table", ".long walk - .\n.long walk - .\n.quad head - .");
TABLE("__ex_table", "__start___ex_table", "__stop___ex_table", ".long walk - .\n.long walk - .\n.long 1");
TABLE("__bug_table", "__start___bug_table", "__stop___bug_table", ".long walk - .\n.long 0\n.short 3\n.short 1");
TABLE(".altinstructions", "__alt_instructions", "__alt_instructions_end",
      ".long walk - .\n.long walk - .\n.short 3\n.byte 3\n.byte 3");
TABLE(".return_sites", "__return_sites", "__return_sites_end", ".long walk - .");
TABLE(".smp_locks", "__smp_locks", "__smp_locks_end", ".long walk - .");
__asm__(".globl _stext, _etext, _sinittext, _einittext\n_stext = walk\n_etext = walk + 256\n_sinittext = _start\n"
	"_einittext = _start + 64");

#ifdef AS_MODULE
IN(".modinfo") static const char name[] = "name=fuzz\0vermagic=6.1.0-56-cloud-amd64 SMP preempt mod_unload modversions ";
IN(".gnu.linkonce.this_module") static long this_module[16];
#endif
