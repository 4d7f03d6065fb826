/*
 * The init process of a kernel under QEMU: writes the probe definitions of /definitions one by one, enables what
 * the kernel took, and tells on the console what became of each.
 *
 * /definitions: "stext HEX" (where the addresses expect _stext), then lines "ID PLACE" with a hexadecimal address
 * or a symbol with an offset; an empty line ends a group, whose probes are armed together.
 * Answers: "A ID ERRNO", and for what is accepted "F ID FLAGS" with the letters o (optimised), f (ftrace),
 * a (armed). "END COUNT" comes last.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TRACING "/sys/kernel/tracing/"
#define GROUP_LIMIT 4096

static FILE *console;
static long long slide;
static struct { char id[64]; unsigned long long address; } group[GROUP_LIMIT];
static int group_size, answered;

static int write_file(const char *path, const char *text, int flags)
{
	int error = 0, file = open(path, O_WRONLY | flags);

	if (file < 0)
		return errno;
	if (write(file, text, strlen(text)) < 0)
		error = errno;
	close(file);
	return error;
}

static unsigned long long symbol_address(const char *wanted)
{
	unsigned long long address, found = 0;
	char type, name[512], line[1024];
	FILE *file = fopen("/proc/kallsyms", "r");

	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "%llx %c %511s", &address, &type, name) == 3 && !strcmp(name, wanted)) {
			found = address;
			break;
		}
	if (file)
		fclose(file);
	return found;
}

static const char *error_name(int error)
{
	static char number[16];

	switch (error) {
	case 0: return "OK";
	case EINVAL: return "EINVAL";
	case EILSEQ: return "EILSEQ";
	case ENOENT: return "ENOENT";
	case EOPNOTSUPP: return "EOPNOTSUPP";
	case EADDRNOTAVAIL: return "EADDRNOTAVAIL";
	case EEXIST: return "EEXIST";
	case ENOEXEC: return "ENOEXEC";
	case ENOMEM: return "ENOMEM";
	case 524: return "ENOTSUPP";
	}
	snprintf(number, sizeof number, "E%d", error);
	return number;
}

/* The flags of every armed probe, by address; the kernel may have moved a probe from an endbr to 4 behind it. */
static void tell_flags(void)
{
	char line[1024];
	FILE *file = fopen("/sys/kernel/debug/kprobes/list", "r");

	while (file && fgets(line, sizeof line, file)) {
		unsigned long long address = strtoull(line, NULL, 16);

		for (int i = 0; i < group_size; i++)
			if (group[i].address == address || group[i].address + 4 == address) {
				if (group[i].address != address && strstr(line, "[FTRACE]") == NULL)
					continue;
				fprintf(console, "F %s %s%s%s\n", group[i].id,
					strstr(line, "[DISABLED]") ? "" : "a",
					strstr(line, "[OPTIMIZED]") ? "o" : "", strstr(line, "[FTRACE]") ? "f" : "");
			}
	}
	if (file)
		fclose(file);
}

static void finish_group(void)
{
	if (!group_size)
		return;
	int error = write_file(TRACING "events/markers/enable", "1", 0);

	if (error)
		fprintf(console, "E enable %s\n", error_name(error));
	usleep(300000);
	tell_flags();
	write_file(TRACING "events/markers/enable", "0", 0);
	write_file(TRACING "kprobe_events", "", O_TRUNC);
	group_size = 0;
	fflush(console);
}

static void define(const char *id, const char *place)
{
	char definition[1024], where[512], *plus, *end;
	unsigned long long address = strtoull(place, &end, 16);

	if (*end == '\0') {
		address += slide;
		snprintf(where, sizeof where, "0x%llx", address);
	} else {
		snprintf(where, sizeof where, "%s", place);
		plus = strchr(where, '+');
		unsigned long long offset = plus ? strtoull(plus + 1, NULL, 0) : 0;
		char name[512];

		snprintf(name, sizeof name, "%.*s", plus ? (int)(plus - where) : 511, where);
		char *module = strchr(name, ':');
		address = symbol_address(module ? module + 1 : name) + offset;
	}
	snprintf(definition, sizeof definition, "p:markers/p%s %s\n", id, where);
	int error = write_file(TRACING "kprobe_events", definition, O_APPEND);

	fprintf(console, "A %s %s\n", id, error_name(error));
	answered++;
	if (!error && group_size < GROUP_LIMIT) {
		snprintf(group[group_size].id, sizeof group[0].id, "%s", id);
		group[group_size++].address = address;
	}
}

static void ask(void)
{
	char line[1024], id[64], place[512];
	FILE *file = fopen("/definitions", "r");

	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "%63s %511s", id, place) != 2)
			finish_group();
		else if (!strcmp(id, "stext"))
			slide = symbol_address("_stext") - strtoull(place, NULL, 16);
		else
			define(id, place);
	}
	finish_group();
}

static void load_module(const char *path)
{
	int file = open(path, O_RDONLY);

	if (file >= 0 && syscall(SYS_finit_module, file, "", 0))
		fprintf(console, "E module %s\n", error_name(errno));
	if (file >= 0)
		close(file);
}

int main(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, NULL);
	console = fopen("/dev/console", "w");
	if (!console)
		return 1;
	write_file("/proc/sys/kernel/kptr_restrict", "0", 0);
	write_file("/proc/sys/kernel/printk", "1", 0);
	load_module("/targets.ko");
	fprintf(console, "\nBEGIN\n");
	ask();
	fprintf(console, "END %d\n", answered);
	fflush(console);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
