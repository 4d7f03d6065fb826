volatile int sink;

# 1 "first/item.h"
__attribute__((noipa)) static int first(int count)
{
	sink = count;
	return count;
}
# 1 "second/item.h"
__attribute__((noipa)) static int second(int count)
{
	sink = count;
	return count + 1;
}
# 17 "source.c"
int main(int argc, char **argv)
{
	(void)argv;
	return first(argc) + second(argc);
}
