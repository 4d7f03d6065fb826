/* SPDX-License-Identifier: MIT */
/*
 * tracer.c - preloaded into the optimised program: stops at sites as a uprobe
 * does (int3, then one step over the instruction) and logs the fetch arguments.
 *
 *	TRUTH_SITES	file of lines "NUMBER VALUES ADDRESS [K=FETCH]...", ADDRESS
 *			hexadecimal; the program is not position independent
 *	TRUTH_LIMIT	hits that are logged of a marker, all its sites together
 *	TRUTH_LOG	see log.h
 */
#define _GNU_SOURCE
#include "fetch.h"
#include "log.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

enum { MARKS = 1 << 17, BUCKETS = 1 << 15, INT3 = 0xcc, TRAP_FLAG = 0x100 };

/* One marker at one address. */
struct use {
	struct mark *mark;
	struct fetch fetch[VALUES];
	uint8_t defined[VALUES];
	struct use *next;
};

struct site {
	uint8_t *address, original;
	int wanted;		/* some marker here still logs */
	struct use *uses;
	struct site *next;
};

static struct mark *marks[MARKS];
static struct site *buckets[BUCKETS];
static struct site *stepping;
static uint64_t limit;

static void stop(const char *what)
{
	(void)!write(2, what, strlen(what));
	_exit(99);
}

static struct site **bucket(const void *address)
{
	uint64_t a = (uint64_t)address;

	return &buckets[(a ^ a >> 15) % BUCKETS];
}

static struct site *find(const void *address)
{
	struct site *site = *bucket(address);

	while (site && site->address != address)
		site = site->next;
	return site;
}

static void note(struct use *use, const greg_t *registers)
{
	struct mark_header *header = &use->mark->header;

	for (unsigned k = 0; k < header->value_count; k++) {
		uint8_t *state = &use->mark->states[k][header->logged];
		uint64_t *value = &use->mark->values[k][header->logged];

		if (!use->defined[k])
			*state = STATE_MISSING;
		else if (fetch_value(&use->fetch[k], registers, value))
			*state = STATE_VALUE;
		else
			*state = STATE_FAULT;
	}
	header->logged++;
}

static void hit(struct site *site, const greg_t *registers)
{
	site->wanted = 0;
	for (struct use *use = site->uses; use; use = use->next) {
		use->mark->header.hits++;
		if (use->mark->header.logged < limit)
			note(use, registers);
		site->wanted |= use->mark->header.logged < limit;
	}
}

static void trap(int signal_number, siginfo_t *info, void *context)
{
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;

	(void)signal_number;
	if (info->si_code == TRAP_TRACE) {
		registers[REG_EFL] &= ~TRAP_FLAG;
		*stepping->address = INT3;
		return;
	}
	registers[REG_RIP]--;
	stepping = find((void *)registers[REG_RIP]);
	if (!stepping)
		stop("tracer: a trap that is not ours\n");
	hit(stepping, registers);
	*stepping->address = stepping->original;
	if (stepping->wanted)
		registers[REG_EFL] |= TRAP_FLAG;
}

static struct site *add_site(uint8_t *address)
{
	struct site *site = find(address);

	if (site)
		return site;
	site = log_memory(sizeof(*site));
	site->address = address;
	site->next = *bucket(address);
	*bucket(address) = site;
	return site;
}

static struct mark *add_mark(unsigned long number, unsigned long values)
{
	if (number >= MARKS || values > VALUES)
		stop("tracer: a marker out of range\n");
	if (!marks[number]) {
		marks[number] = log_memory(sizeof(struct mark));
		marks[number]->header.number = number;
		log_prepare(marks[number], values, limit);
	}
	return marks[number];
}

static void add(char *line)
{
	char *rest, *word;
	unsigned long number = strtoul(line, &rest, 10), values = strtoul(rest, &rest, 10);
	struct site *site = add_site((uint8_t *)strtoul(rest, &rest, 16));
	struct use *use = log_memory(sizeof(*use));

	use->mark = add_mark(number, values);
	use->next = site->uses;
	site->uses = use;
	for (word = strtok_r(rest, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		unsigned k = word[0] - '0';

		if (k >= values || word[1] != '=' || !fetch_parse(word + 2, &use->fetch[k]))
			stop("tracer: not a fetch argument\n");
		use->defined[k] = 1;
	}
}

/* A private mapping of the file with a NUL behind it; malloc must not be used. */
static char *text_of(const char *name)
{
	int file = open(name, O_RDONLY);
	struct stat status;
	char *text;

	if (file < 0 || fstat(file, &status))
		stop("tracer: cannot read the sites\n");
	text = log_memory(status.st_size + 1);
	for (ssize_t at = 0, got; at < status.st_size; at += got)
		if ((got = read(file, text + at, status.st_size - at)) <= 0)
			stop("tracer: cannot read the sites\n");
	close(file);
	return text;
}

static void plant(struct site *site)
{
	uint64_t page = (uint64_t)site->address & ~4095ull;

	if (mprotect((void *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC))
		stop("tracer: cannot write the text\n");
	site->original = *site->address;
	*site->address = INT3;
}

__attribute__((constructor)) static void start(void)
{
	const char *name = getenv("TRUTH_SITES");
	struct sigaction action = { .sa_sigaction = trap, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t stack = { .ss_sp = log_memory(1 << 16), .ss_size = 1 << 16 };
	char *rest, *line;

	if (!name)
		return;
	limit = log_setting("TRUTH_LIMIT", 200);
	for (line = strtok_r(text_of(name), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		add(line);
	sigaltstack(&stack, NULL);
	sigaction(SIGTRAP, &action, NULL);
	for (unsigned i = 0; i < BUCKETS; i++)
		for (struct site *site = buckets[i]; site; site = site->next)
			plant(site);
	unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void finish(void)
{
	log_write(marks, MARKS);
}
