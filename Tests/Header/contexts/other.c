/* SPDX-License-Identifier: MIT */
/* A second file, for what happens at link time; its block statics' names carry gcc's counter. */
#include <markers/marker.h>

#include "shared.h"

int other(struct whole *whole, int count)
{
	static int calls;

	MARKER(other, calls, count);
	{
		static int calls = 2;

		calls += count;
		count += calls;
	}
	calls++;
	return shared(whole, count) + calls;
}
