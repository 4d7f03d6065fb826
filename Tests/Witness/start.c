/* SPDX-License-Identifier: MIT */
/* start.c - what a program for arm64 or arm needs in place of a C library. */
#ifdef __aarch64__
#define REGISTER(number)	"x" #number
#define NUMBER			"x8"
enum { WRITE = 64, EXIT = 93 };
#else
#define REGISTER(number)	"r" #number
#define NUMBER			"r7"
enum { WRITE = 4, EXIT = 1 };
#endif

extern int main(void);

static long system_call(long number, long first, long second, long third)
{
	register long asked __asm__(NUMBER) = number;
	register long a __asm__(REGISTER(0)) = first;
	register long b __asm__(REGISTER(1)) = second;
	register long c __asm__(REGISTER(2)) = third;

	__asm__ volatile("svc #0" : "+r"(a) : "r"(asked), "r"(b), "r"(c) : "memory");
	return a;
}

long write(int file, const void *text, unsigned long size)
{
	return system_call(WRITE, file, (long)text, size);
}

void *memset(void *to, int byte, unsigned long size)
{
	volatile char *at = to;

	while (size--)
		*at++ = byte;
	return to;
}

void *memcpy(void *to, const void *from, unsigned long size)
{
	volatile char *at = to;
	const char *source = from;

	while (size--)
		*at++ = *source++;
	return to;
}

void _start(void)
{
	system_call(EXIT, main(), 0, 0);
}
