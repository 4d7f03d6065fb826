volatile int sink;

/* Called where the compiler finds out too late that nothing comes. */
static inline int unused(int index)
{
	sink = index;
	return index;
}

__attribute__((noipa)) static int take(int index)
{
	unsigned int level = index & 3;

	sink = index;
	if (level > 7)
		return unused(index);
	return index;
}

int main(int argc, char **argv)
{
	(void)argv;
	return take(argc);
}
