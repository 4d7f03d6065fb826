struct item {
	int count;
	struct item *next;
	char name[8];
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
	struct item item = { argc, 0, "one", 1.5 };

	(void)argv;
	return take(&item, argc);
}
