/* SPDX-License-Identifier: MIT
 *
 * The agent of the kernel proof, run by init inside the guest: one round for each directory under /rounds.
 *
 *   agent ROUND REPORT
 *
 * A round is a directory with "definitions" (lines for kprobe_events), "symbols" (names whose run-time addresses the
 * checker wants), "workload" (a program with arguments) and perhaps "load" (a program that loads what the definitions are
 * about). Each definition gets a write(2) of its own; every event is enabled on its own; then both programs run, and
 * everything the kernel says is appended to REPORT as sections "== ROUND SECTION". Judging is the checker's business: the
 * agent only records.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRACING "/sys/kernel/tracing/"

enum { program_seconds = 60 };

static FILE *report;
static const char *round_name;

/* Starts a section; the console shows how far the round came, should the machine hang. */
static void section(const char *name)
{
	fprintf(report, "== %s %s\n", round_name, name);
	printf("proof: %s %s\n", round_name, name);
	fflush(stdout);
}

/* Writes text with one write(2); returns 0 or errno. */
static int write_once(const char *path, const char *text, int flags)
{
	int fd = open(path, O_WRONLY | flags);
	if (fd < 0)
		return errno;
	size_t length = strlen(text);
	ssize_t written = write(fd, text, length);
	int error = written < 0 ? errno : (size_t)written != length ? EIO : 0;
	close(fd);
	return error;
}

static void append_file(const char *path)
{
	char line[8192];
	FILE *file = fopen(path, "r");
	if (!file) {
		fprintf(report, "cannot open %s: %s\n", path, strerror(errno));
		return;
	}
	while (fgets(line, sizeof line, file))
		fputs(line, report);
	fclose(file);
}

static void copy_file(const char *name, const char *path)
{
	section(name);
	append_file(path);
}

static void copy_command(const char *name, const char *command)
{
	char line[8192];
	fflush(report);
	section(name);
	FILE *pipe = popen(command, "r");
	while (pipe && fgets(line, sizeof line, pipe))
		fputs(line, report);
	int status = pipe ? pclose(pipe) : -1;
	fprintf(report, "exit status %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

/* Writes every definition; the kernel's error log keeps eight entries, so that it is read after each failure. */
static void define_all(const char *path)
{
	char line[8192], *reasons = NULL;
	size_t size;
	FILE *file = fopen(path, "r"), *before = report, *log = open_memstream(&reasons, &size);
	section("define");
	while (file && fgets(line, sizeof line, file)) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		int error = write_once(TRACING "kprobe_events", line, O_APPEND);
		fprintf(report, "%d %s", error, line);
		if (error) {
			report = log;
			append_file(TRACING "error_log");
			report = before;
			write_once(TRACING "error_log", "\n", O_TRUNC);
		}
	}
	if (file)
		fclose(file);
	fclose(log);
	section("error_log");
	fputs(reasons, report);
	free(reasons);
}

/* Enables, or disables, every event that kprobe_events lists; an event of several probes appears once per probe. */
static void switch_all(const char *name, const char *value)
{
	char line[8192], path[512], last[256] = "";
	FILE *file = fopen(TRACING "kprobe_events", "r");
	section(name);
	while (file && fgets(line, sizeof line, file)) {
		char *event = strchr(line, ':');
		if (!event)
			continue;
		event[strcspn(event, " \n")] = 0;
		if (strcmp(last, event + 1) == 0)
			continue;
		snprintf(last, sizeof last, "%s", event + 1);
		snprintf(path, sizeof path, TRACING "events/%s/enable", last);
		fprintf(report, "%d %s\n", write_once(path, value, 0), last);
	}
	if (file)
		fclose(file);
}

static pid_t program;

static void end_program(int signal)
{
	(void)signal;
	kill(program, SIGTERM);
}

/* Starts the program itself, no shell: whatever a shell did would be in the trace under the workload's process id. */
static void start_program(char *command, int output)
{
	char *words[32] = { 0 };
	for (int i = 0; i < 31 && (words[i] = strtok(i ? NULL : command, " \n")); i++)
		;
	dup2(output, 1);
	execv(words[0], words);
	_exit(127);
}

static void run_program(const char *name, const char *path)
{
	char text[4096];
	int ends[2], status = 0;
	FILE *file = fopen(path, "r");
	section(name);
	if (!file || !fgets(text, sizeof text, file) || pipe2(ends, O_CLOEXEC)) {
		fprintf(report, "cannot start: %s\n", strerror(errno));
		return;
	}
	fclose(file);
	fflush(report);
	program = fork();
	if (program == 0)
		start_program(text, ends[1]);
	close(ends[1]);
	struct sigaction action = { .sa_handler = end_program, .sa_flags = SA_RESTART };
	sigaction(SIGALRM, &action, NULL);
	alarm(program_seconds);
	for (ssize_t length; (length = read(ends[0], text, sizeof text)) > 0;)
		fwrite(text, 1, length, report);
	waitpid(program, &status, 0);
	alarm(0);
	close(ends[0]);
	fprintf(report, "exit status %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

int main(int count, char **arguments)
{
	char path[512], command[600];
	if (count != 3 || !(report = fopen(arguments[2], "a")))
		return 64;
	round_name = strrchr(arguments[1], '/') ? strrchr(arguments[1], '/') + 1 : arguments[1];
	write_once(TRACING "error_log", "\n", O_TRUNC);
	snprintf(path, sizeof path, "%s/definitions", arguments[1]);
	define_all(path);
	write_once(TRACING "options/sym-addr", "1", 0);
	write_once(TRACING "trace", "\n", O_TRUNC);
	switch_all("enable", "1");
	snprintf(path, sizeof path, "%s/load", arguments[1]);
	if (access(path, R_OK) == 0)
		run_program("load", path);
	snprintf(command, sizeof command, "grep -w -F -f %s/symbols /proc/kallsyms", arguments[1]);
	copy_command("symbols", command);
	copy_file("armed", "/sys/kernel/debug/kprobes/list");
	snprintf(path, sizeof path, "%s/workload", arguments[1]);
	run_program("workload", path);
	switch_all("disable", "0");
	copy_file("profile", TRACING "kprobe_profile");
	copy_file("events", TRACING "kprobe_events");
	copy_file("trace", TRACING "trace");
	copy_command("buffers", "cat " TRACING "per_cpu/cpu*/stats");
	copy_command("log", "dmesg -c -r | grep -v '^<[567]>'");
	section("end");
	write_once(TRACING "kprobe_events", "\n", O_TRUNC);
	return fclose(report) != 0;
}
