struct item {
	char pad[1 << 26];
	int count;
	char more[1 << 26];
	struct item *next;
	char name[512];
	double weight;
};

volatile int sink;

__attribute__((noipa)) static int take(struct item *item, int index)
{
	sink = item->count;
	sink = index;
	return item->count + index;
}

int main(int argc, char **argv)
{
	static struct item item;

	item.count = argc;

	(void)argv;
	return take(&item, argc);
}
