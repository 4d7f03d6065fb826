// gcc: -c
struct node {
	struct node *next;
	int weight;
};

struct node *head;
extern volatile int sink;
int take(int count);

int take(int count)
{
	sink = 1;
	sink = count;
	return count + 1;
}
