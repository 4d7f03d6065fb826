/* SPDX-License-Identifier: MIT */
/* Many ways out of one statement: the marker's count is a sum of many others. */
#include <markers/marker.h>

volatile int seen;

__attribute__((noipa)) int leave(const int *v, int deep)
{
	MARKER(top, deep);
	if (deep) {
		if (v[0] > 0) { seen = 2; return 1; }
		if (v[1] > 7) { seen = 7; return 4; }
		if (v[2] > 14) { seen = 12; return 7; }
		if (v[3] > 21) { seen = 17; return 10; }
		if (v[4] > 28) { seen = 22; return 13; }
		if (v[5] > 35) { seen = 27; return 16; }
		if (v[6] > 42) { seen = 32; return 19; }
		if (v[7] > 49) { seen = 37; return 22; }
		if (v[8] > 56) { seen = 42; return 25; }
		if (v[9] > 63) { seen = 47; return 28; }
		if (v[10] > 70) { seen = 52; return 31; }
		if (v[11] > 77) { seen = 57; return 34; }
		if (v[12] > 84) { seen = 62; return 37; }
		if (v[13] > 91) { seen = 67; return 40; }
		if (v[14] > 98) { seen = 72; return 43; }
		if (v[15] > 105) { seen = 77; return 46; }
		if (v[16] > 112) { seen = 82; return 49; }
		if (v[17] > 119) { seen = 87; return 52; }
		if (v[18] > 126) { seen = 92; return 55; }
		if (v[19] > 133) { seen = 97; return 58; }
		if (v[20] > 140) { seen = 102; return 61; }
		if (v[21] > 147) { seen = 107; return 64; }
		if (v[22] > 154) { seen = 112; return 67; }
		if (v[23] > 161) { seen = 117; return 70; }
		if (v[24] > 168) { seen = 122; return 73; }
		if (v[25] > 175) { seen = 127; return 76; }
	}
	seen = 1;
	MARKER(bottom, v);
	return v[26] * 3;
}

int main(void)
{
	static int v[27];

	return leave(v, 1);
}
