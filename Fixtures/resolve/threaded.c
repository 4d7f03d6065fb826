/* gcc decides both conditions at once (jump threading): on one way through the function the marker left no trace. */
#include <markers/marker.h>

volatile int sink;

__attribute__((noipa)) int odd(int value) { sink = value; return value & 1; }
__attribute__((noipa)) int even(int value) { sink = value; return value & 2; }

__attribute__((noipa)) int threaded(int mode, int count)
{
	if (mode == 3 && odd(count)) {
		if (count > 5)
			return 1;
		sink = 7;
	}
	MARKER(joined, count);
	if (mode == 3 && even(count)) {
		sink = 9;
		return 2;
	}
	sink = 11;
	return count;
}

int main(void)
{
	for (int i = 0; i < 10; i++)
		threaded(i & 3, i);
	return 0;
}
