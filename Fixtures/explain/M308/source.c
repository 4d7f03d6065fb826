// cc: arm-linux-gnueabihf-gcc
// gcc: -marm
__attribute__((noipa)) static int take(int count, volatile int *place)
{
	place[0] = 1;
	if (count > 5)
		count -= place[4];
	else
		place[1] = 7;
	return count;
}

int main(int argc, char **argv)
{
	int places[5] = { argc, 0, 0, 0, 1 };

	(void)argv;
	return take(argc, places);
}
