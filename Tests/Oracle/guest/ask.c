/*
 * The init process of a kernel under QEMU: writes the probe definitions of /definitions one by one, enables what
 * the kernel took, and tells on the console what became of each.
 *
 * /definitions: "stext HEX" (where the addresses expect _stext), then lines "ID PLACE" with a hexadecimal address,
 * a symbol with an offset, or "user:OFFSET" for a user probe in the program /targets, which runs meanwhile, or
 * "run:OFFSET:NAME" for one in the library /libsteps.so or else in /targets, which is run with the argument NAME; an
 * empty line ends a group, whose kernel probes are armed together.
 * Answers: "C LINE" with the lines of /proc/cpuinfo, "A ID ERRNO", and for what is accepted "F ID FLAGS" with the
 * letters o (optimised), f (ftrace), a (armed), and for a program run "R ID HITS BEFORE AFTER" with what it ended with,
 * without the probe and with it: its exit status, or 256 and the signal. "END COUNT" comes last. Where there is a file
 * /tell-text, "T START END" with the bounds of the kernel's text precedes the first answer by five seconds.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRACING "/sys/kernel/tracing/"
/*
 * Off but for the moment in which the kernel decides about all probes of a group: else it waits, after each few of
 * them, until every task has passed a safe place.
 */
#define OPTIMISATION "/proc/sys/debug/kprobes-optimization"
#define GROUP_LIMIT 4096
#define SYMBOL_LIMIT 16384

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

/* Reading all symbols takes a second: those of modules and the bounds of the text are read once. */
static unsigned long long symbol_address(const char *wanted)
{
	static struct { char name[128]; unsigned long long address; } known[SYMBOL_LIMIT];
	static int count;
	char line[1024];
	FILE *file = count ? NULL : fopen("/proc/kallsyms", "r");

	while (file && count < SYMBOL_LIMIT && fgets(line, sizeof line, file))
		if (strchr(line, '[') || strstr(line, " _stext\n") || strstr(line, " _etext\n"))
			count += sscanf(line, "%llx %*c %127s", &known[count].address, known[count].name) == 2;
	if (file)
		fclose(file);
	for (int i = 0; i < count; i++)
		if (!strcmp(known[i].name, wanted))
			return known[i].address;
	return 0;
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
	write_file(OPTIMISATION, "1", 0);
	tell_flags();
	write_file(OPTIMISATION, "0", 0);
	write_file(TRACING "events/markers/enable", "0", 0);
	write_file(TRACING "kprobe_events", "", O_TRUNC);
	group_size = 0;
	fflush(console);
}

/* A user probe is refused not when it is defined but when it is enabled while the program is mapped. */
static void define_user(const char *id, const char *offset)
{
	char definition[1024], enable[256];

	snprintf(definition, sizeof definition, "p:markers/p%s /targets:%s\n", id, offset);
	snprintf(enable, sizeof enable, TRACING "events/markers/p%s/enable", id);
	int error = write_file(TRACING "uprobe_events", definition, O_APPEND);

	if (!error) {
		error = write_file(enable, "1", 0);
		write_file(enable, "0", 0);
		write_file(TRACING "uprobe_events", "", O_TRUNC);
	}
	fprintf(console, "A %s %s\n", id, error_name(error));
	if (!error)
		fprintf(console, "F %s a\n", id);
	answered++;
}

static int run_program(const char *name)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		alarm(20);
		execl("/targets", "/targets", name, NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static unsigned long hits(const char *id)
{
	char line[1024], event[256], wanted[256];
	unsigned long count, found = 0;
	FILE *file = fopen(TRACING "uprobe_profile", "r");

	snprintf(wanted, sizeof wanted, "p%s", id);
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "%*s %255s %lu", event, &count) == 2 && !strcmp(event, wanted))
			found = count;
	if (file)
		fclose(file);
	return found;
}

static void define_run(const char *id, const char *place)
{
	char definition[1024], enable[256], offset[64], name[256];
	const char *file = access("/libsteps.so", R_OK) ? "/targets" : "/libsteps.so";

	if (sscanf(place, "%63[^:]:%255s", offset, name) != 2)
		return;
	int before = run_program(name);

	snprintf(definition, sizeof definition, "p:markers/p%s %s:%s\n", id, file, offset);
	snprintf(enable, sizeof enable, TRACING "events/markers/p%s/enable", id);
	int error = write_file(TRACING "uprobe_events", definition, O_APPEND);

	if (!error && !(error = write_file(enable, "1", 0))) {
		int after = run_program(name);

		fprintf(console, "F %s a\nR %s %lu %d %d\n", id, id, hits(id), before, after);
	}
	write_file(enable, "0", 0);
	write_file(TRACING "uprobe_events", "", O_TRUNC);
	fprintf(console, "A %s %s\n", id, error_name(error));
	answered++;
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
		else if (!strncmp(place, "user:", 5))
			define_user(id, place + 5);
		else if (!strncmp(place, "run:", 4))
			define_run(id, place + 4);
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

static void start_program(const char *path)
{
	if (!access(path, X_OK) && fork() == 0) {
		execl(path, path, NULL);
		_exit(127);
	}
	usleep(200000);
}

static void tell_processor(void)
{
	char line[4096];
	FILE *file = fopen("/proc/cpuinfo", "r");

	while (file && fgets(line, sizeof line, file))
		fprintf(console, "C %s", line);
	if (file)
		fclose(file);
}

/* Waits while the host saves our text. */
static void tell_text(void)
{
	fprintf(console, "T %llx %llx\n", symbol_address("_stext"), symbol_address("_etext"));
	sleep(5);
}

/*
 * Lets no other task run on this processor unless we wait: what the kernel decided is read and revoked before its
 * worker comes to change the code, which takes seconds.
 */
static void take_processor(void)
{
	struct sched_param priority = { .sched_priority = 1 };
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	sched_setaffinity(0, sizeof first, &first);
	sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority);
	write_file("/proc/sys/kernel/sched_rt_runtime_us", "-1", 0);
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
	write_file(OPTIMISATION, "0", 0);
	load_module("/targets.ko");
	start_program("/targets");
	tell_processor();
	if (!access("/tell-text", F_OK))
		tell_text();
	take_processor();
	fprintf(console, "\nBEGIN\n");
	ask();
	fprintf(console, "END %d\n", answered);
	fflush(console);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
