/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "log.h"

#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static uint64_t heap_place;

/* Before anything allocates: the heap begins where TRUTH_HEAP says, whatever the size of the program before it. */
__attribute__((constructor(101))) static void place_heap(void)
{
	uint64_t place = log_setting("TRUTH_HEAP", 0);
	uint64_t now = (uint64_t)sbrk(0);

	if (!place)
		return;
	if (now > place || sbrk(place - now) == (void *)-1)
		_exit(96);
	heap_place = place;
}

void *log_memory(size_t bytes)
{
	static char *chunk;
	static size_t left;
	char *memory;

	bytes = (bytes + 15) & ~(size_t)15;
	if (left < bytes) {
		left = bytes > 16 << 20 ? bytes : 16 << 20;
		chunk = mmap(NULL, left, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (chunk == MAP_FAILED)
			_exit(97);
	}
	memory = chunk;
	chunk += bytes;
	left -= bytes;
	return memory;
}

void log_prepare(struct mark *mark, unsigned value_count, uint64_t limit)
{
	mark->header.value_count = value_count;
	for (unsigned k = 0; k < value_count; k++) {
		mark->states[k] = log_memory(limit);
		mark->values[k] = log_memory(limit * sizeof(uint64_t));
	}
}

uint64_t log_setting(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 0) : otherwise;
}

uint64_t log_text_hash(const char *text, size_t size)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < size && i < 64 && text[i]; i++)
		hash = (hash ^ (uint8_t)text[i]) * 0x100000001b3;
	return hash;
}

/* The n-th field of /proc/self/stat after the command's name (3 is the state). */
static uint64_t stat_field(int number)
{
	char text[2048], *p;
	int fd = open("/proc/self/stat", O_RDONLY);
	ssize_t size = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	text[size > 0 ? size : 0] = 0;
	p = strrchr(text, ')');
	for (int i = 2; p && i < number; i++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p, NULL, 10) : 0;
}

/* Called for the program first; that is all that is wanted. */
static int image(struct dl_phdr_info *info, size_t size, void *data)
{
	struct address_space *space = data;

	(void)size;
	space->image_start = UINT64_MAX;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		uint64_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

		if (info->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		if (start < space->image_start)
			space->image_start = start;
		if (start + info->dlpi_phdr[i].p_memsz > space->image_end)
			space->image_end = start + info->dlpi_phdr[i].p_memsz;
	}
	return 1;
}

/* proc(5): startstack is field 28, start_brk 47; arguments and environment lie above the former. */
static struct address_space address_space(void)
{
	struct address_space space = {
		.heap_start = heap_place ? heap_place : stat_field(47),
		.stack_end = stat_field(28) + (1 << 20),
	};

	dl_iterate_phdr(image, &space);
	return space;
}

void log_write(struct mark *const *marks, unsigned count)
{
	struct address_space space = address_space();
	const char *name = getenv("TRUTH_LOG");
	FILE *file = name ? fopen(name, "wb") : NULL;

	if (!file)
		return;
	fwrite("mklog1\0", 1, 8, file);
	fwrite(&space, sizeof(space), 1, file);
	for (unsigned i = 0; i < count; i++) {
		const struct mark *mark = marks[i];

		if (!mark || !mark->header.hits)
			continue;
		fwrite(&mark->header, sizeof(mark->header), 1, file);
		for (unsigned k = 0; k < mark->header.value_count; k++) {
			fwrite(mark->states[k], 1, mark->header.logged, file);
			fwrite(mark->values[k], 8, mark->header.logged, file);
		}
	}
	fclose(file);
}
