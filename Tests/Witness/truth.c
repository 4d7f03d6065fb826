/* SPDX-License-Identifier: MIT */
/* truth.c - where the markers of the program that tells the truth write to. */
extern long write(int file, const void *text, unsigned long size);

static char *hexadecimal(char *end, unsigned long long value)
{
	*end++ = ' ';
	for (int shift = 60; shift >= 0; shift -= 4)
		*end++ = "0123456789abcdef"[value >> shift & 15];
	return end;
}

void witness_write(const char *name, const unsigned long long *values, unsigned count)
{
	char line[256], *end = line;

	while (*name)
		*end++ = *name++;
	for (unsigned i = 0; i < count; i++)
		end = hexadecimal(end, values[i]);
	*end++ = '\n';
	write(1, line, end - line);
}
