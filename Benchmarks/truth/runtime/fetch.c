/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "fetch.h"
#include "log.h"

#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* regs_query_register_offset() of arch/x86/kernel/ptrace.c */
static const struct { const char *name; int reg; } registers_known[] = {
	{ "r15", REG_R15 }, { "r14", REG_R14 }, { "r13", REG_R13 }, { "r12", REG_R12 },
	{ "bp", REG_RBP }, { "bx", REG_RBX }, { "r11", REG_R11 }, { "r10", REG_R10 },
	{ "r9", REG_R9 }, { "r8", REG_R8 }, { "ax", REG_RAX }, { "cx", REG_RCX },
	{ "dx", REG_RDX }, { "si", REG_RSI }, { "di", REG_RDI }, { "ip", REG_RIP },
	{ "flags", REG_EFL }, { "sp", REG_RSP },
};

static const char *parse_register(const char *text, struct fetch *fetch)
{
	size_t length = strcspn(text, "):");

	fetch->base = BASE_REGISTER;
	for (size_t i = 0; i < sizeof(registers_known) / sizeof(*registers_known); i++) {
		const char *name = registers_known[i].name;

		if (strlen(name) == length && !strncmp(name, text, length)) {
			fetch->reg = registers_known[i].reg;
			return text + length;
		}
	}
	return NULL;
}

static const char *parse_number(const char *text, enum base base, struct fetch *fetch)
{
	char *end;

	fetch->base = base;
	fetch->number = *text == '-' ? (uint64_t)strtoll(text, &end, 0) : strtoull(text, &end, 0);
	return end == text ? NULL : end;
}

static const char *parse_expression(const char *text, struct fetch *fetch);

/* +|-[u]OFFSET(EXPRESSION): user and kernel memory are one here. */
static const char *parse_dereference(const char *text, struct fetch *fetch)
{
	int negative = *text++ == '-';
	char *end;
	int64_t offset;

	text += *text == 'u';
	offset = strtoll(text, &end, 0);
	if (end == text || *end != '(')
		return NULL;
	text = parse_expression(end + 1, fetch);
	if (!text || *text != ')' || fetch->count == DEREFERENCES)
		return NULL;
	fetch->offset[fetch->count++] = negative ? -offset : offset;
	return text + 1;
}

static const char *parse_expression(const char *text, struct fetch *fetch)
{
	if (*text == '%')
		return parse_register(text + 1, fetch);
	if (*text == '\\')
		return parse_number(text + 1, BASE_IMMEDIATE, fetch);
	if (*text == '@' && text[1] != '+')	/* a file offset needs a mapping: not emitted */
		return parse_number(text + 1, BASE_MEMORY, fetch);
	if (*text == '+' || *text == '-')
		return parse_dereference(text, fetch);
	if (strncmp(text, "$stack", 6))
		return NULL;
	fetch->base = BASE_STACK;
	text += 6;
	return *text >= '0' && *text <= '9' ? parse_number(text, BASE_STACK_ENTRY, fetch) : text;
}

static int whole_bits(unsigned bits)
{
	return bits == 8 || bits == 16 || bits == 32 || bits == 64;
}

/* b<width>@<offset>/<container> */
static int parse_bits(const char *text, struct fetch *fetch)
{
	char *end;

	fetch->kind = KIND_BITS;
	fetch->width = strtoul(text, &end, 10);
	if (*end != '@')
		return 0;
	fetch->shift = strtoul(end + 1, &end, 10);
	if (*end != '/')
		return 0;
	fetch->bits = strtoul(end + 1, &end, 10);
	return !*end && whole_bits(fetch->bits) && fetch->width &&
	       fetch->width + fetch->shift <= fetch->bits;
}

static int parse_type(const char *text, struct fetch *fetch)
{
	char *end;

	fetch->bits = 64;
	if (!*text)
		return 1;
	if (*text++ != ':')
		return 0;
	if (!strcmp(text, "string") || !strcmp(text, "ustring")) {
		fetch->kind = KIND_STRING;
		return fetch->count || fetch->base == BASE_MEMORY;
	}
	if (*text == 'b')
		return parse_bits(text + 1, fetch);
	if (*text != 'u' && *text != 's' && *text != 'x')
		return 0;
	fetch->kind = *text == 's' ? KIND_SIGNED : KIND_UNSIGNED;
	fetch->bits = strtoul(text + 1, &end, 10);
	return !*end && whole_bits(fetch->bits);
}

int fetch_parse(const char *text, struct fetch *fetch)
{
	memset(fetch, 0, sizeof(*fetch));
	text = parse_expression(text, fetch);
	return text && parse_type(text, fetch);
}

/* At least one byte read is success: a string may end before the page does. */
static size_t read_memory(uint64_t address, void *to, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)address, size };
	ssize_t got = process_vm_readv(getpid(), &local, 1, &remote, 1, 0);

	return got < 0 ? 0 : (size_t)got;
}

static int read_text(uint64_t address, uint64_t *value)
{
	size_t in_page = 4096 - address % 4096, size;
	char text[64];

	size = read_memory(address, text, in_page < sizeof(text) ? in_page : sizeof(text));
	if (!size)
		return 0;
	if (size < sizeof(text) && !memchr(text, 0, size))
		size += read_memory(address + size, text + size, sizeof(text) - size);
	*value = log_text_hash(text, size);
	return 1;
}

static uint64_t shaped(const struct fetch *fetch, uint64_t value)
{
	unsigned unused = 64 - fetch->bits;

	switch (fetch->kind) {
	case KIND_SIGNED:
		return (uint64_t)((int64_t)(value << unused) >> unused);
	case KIND_BITS:
		return value << (64 - fetch->width - fetch->shift) >> (64 - fetch->width);
	case KIND_UNSIGNED:
	case KIND_STRING:
		break;
	}
	return value << unused >> unused;
}

/* The base's value, or with BASE_MEMORY its address. */
static int base_value(const struct fetch *fetch, const greg_t *registers, uint64_t *value)
{
	uint64_t stack = (uint64_t)registers[REG_RSP];

	switch (fetch->base) {
	case BASE_REGISTER:
		*value = (uint64_t)registers[fetch->reg];
		return 1;
	case BASE_STACK:
		*value = stack;
		return 1;
	case BASE_STACK_ENTRY:
		return read_memory(stack + 8 * fetch->number, value, 8) == 8;
	case BASE_IMMEDIATE:
	case BASE_MEMORY:
		*value = fetch->number;
		return 1;
	}
	return 0;
}

int fetch_value(const struct fetch *fetch, const greg_t *registers, uint64_t *value)
{
	unsigned reads = fetch->count + (fetch->base == BASE_MEMORY);
	uint64_t at;

	if (!base_value(fetch, registers, &at))
		return 0;
	for (unsigned i = 0; i < reads; i++) {
		int last = i == reads - 1;
		uint64_t address = at;
		size_t size = last ? fetch->bits / 8 : 8;

		if (fetch->base != BASE_MEMORY)
			address += (uint64_t)fetch->offset[i];
		else if (i)
			address += (uint64_t)fetch->offset[i - 1];
		if (last && fetch->kind == KIND_STRING)
			return read_text(address, value);
		at = 0;
		if (read_memory(address, &at, size) != size)
			return 0;
	}
	*value = shaped(fetch, at);
	return 1;
}
