/* SPDX-License-Identifier: MIT */
/* A global that lives in a register as long as the inner loop runs: what memory holds there is from before it. */
long total;
static volatile long seen;

__attribute__((noipa)) static void see(void) { seen = total; }

__attribute__((noipa)) static void add(const short *v, int n)
{
	for (int round = 0; round < n; round++) {
		see();
		for (int i = 0; i < n; i++) {
			seen = i;
			total += v[i]; /* kept */
		}
		see(); /* stored */
	}
}

int main(void)
{
	static const short v[] = { 3, 4, 5, 6 };

	add(v, 4);
	return total == 72 ? 0 : 1;
}
