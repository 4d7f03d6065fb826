/* SPDX-License-Identifier: MIT
 *
 * The workload of the kernel proof: does a fixed number of things with fixed sizes, names and durations, so that
 * the hits and values of markers in the kernel are known beforehand (see the *.expected files beside the lists).
 *
 * Without arguments all steps run, with arguments the steps named (a small kernel cannot do all of them).
 *
 * Values that only the run can know (process ids, addresses) go to standard output as "known NAME VALUE" lines;
 * expectations refer to them as $NAME. A failed step is printed as "failed STEP ERRNO" and makes the exit status 1.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>

enum {
	write_size = 4111,	/* three times */
	pwrite_size = 17,	/* once, at pwrite_offset */
	pwrite_offset = 1000003,
	read_size = 1237,	/* five times from 0, once from read_tail_offset: there 333 bytes are left */
	read_tail_offset = 12000,
	pipe_size = 777,	/* four times */
	map_pages = 291,	/* 0x123000 bytes */
	touched_pages = 37,
	cow_pages = 5,
	fork_count = 6,
	exit_code = 7,
	unix_size = 333,	/* three times */
	udp_size = 444,		/* twice */
	tcp_size = 5555,	/* once */
	udp_port = 4242,
	tcp_port = 4343,
	listen_backlog = 13,
	block_offset = 1048576,
	block_size = 8192,
	sleep_nanoseconds = 1234567,	/* three times */
};

static int failures;

static void check(int good, const char *step)
{
	if (good)
		return;
	printf("failed %s %d\n", step, errno);
	failures++;
}

static void known(const char *name, unsigned long long value)
{
	printf("known %s %llu\n", name, value);
}

static char buffer[65536];

static void files(void)
{
	check(mkdir("/tmp/known-dir", 0750) == 0, "mkdir");
	check(mkdir("/tmp/known-dir/known-sub", 0700) == 0, "mkdir sub");
	int fd = openat(AT_FDCWD, "/tmp/known-dir/known-sub/markers.data", O_CREAT | O_RDWR, 0640);
	check(fd >= 0, "openat");
	known("data_fd", fd);
	for (int i = 0; i < 3; i++)
		check(write(fd, buffer, write_size) == write_size, "write");
	check(lseek(fd, 0, SEEK_SET) == 0, "lseek");
	for (int i = 0; i < 5; i++)
		check(read(fd, buffer, read_size) == read_size, "read");
	check(lseek(fd, read_tail_offset, SEEK_SET) == read_tail_offset, "lseek tail");
	check(read(fd, buffer, read_size) == 3 * write_size - read_tail_offset, "read tail");
	check(pwrite(fd, buffer, pwrite_size, pwrite_offset) == pwrite_size, "pwrite");
	check(ftruncate(fd, 54321) == 0, "ftruncate");
	check(fallocate(fd, 0, 8192, 20480) == 0, "fallocate");
	int copy = dup2(fd, 77);
	check(copy == 77, "dup2");
	close(copy);
	close(fd);
	check(rename("/tmp/known-dir/known-sub/markers.data", "/tmp/known-dir/renamed.data") == 0, "rename");
	check(symlink("known-target", "/tmp/known-dir/known-link") == 0, "symlink");
	check(unlink("/tmp/known-dir/renamed.data") == 0, "unlink");
	check(openat(AT_FDCWD, "/tmp/known-dir/absent.data", O_RDONLY) < 0 && errno == ENOENT, "open absent");
	unlink("/tmp/known-dir/known-link");
	rmdir("/tmp/known-dir/known-sub");
	rmdir("/tmp/known-dir");
}

static void memfd(void)
{
	int fd = memfd_create("known-memfd", 0);
	check(fd >= 0, "memfd_create");
	close(fd);
}

static void pipes(void)
{
	int ends[2];
	check(pipe2(ends, O_CLOEXEC) == 0, "pipe2");
	known("pipe_read_fd", ends[0]);
	known("pipe_write_fd", ends[1]);
	for (int i = 0; i < 4; i++) {
		check(write(ends[1], buffer, pipe_size) == pipe_size, "pipe write");
		check(read(ends[0], buffer, pipe_size) == pipe_size, "pipe read");
	}
	close(ends[0]);
	close(ends[1]);
}

static void events(void)
{
	int event = eventfd(5, 0);
	uint64_t add = 42;
	check(write(event, &add, sizeof add) == sizeof add, "eventfd write");
	close(event);
}

static void memory(void)
{
	size_t length = (size_t)map_pages * 4096;
	char *map = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(map != MAP_FAILED, "mmap");
	known("map", (uintptr_t)map);
	known("map_end", (uintptr_t)map + length);
	check(madvise(map, length, MADV_NOHUGEPAGE) == 0 || errno == EINVAL, "madvise");	/* EINVAL: no huge pages */
	for (int i = 0; i < touched_pages; i++)
		map[(size_t)i * 4096] = 1;
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < cow_pages; i++)
			map[(size_t)i * 4096] = 2;
		_exit(0);
	}
	known("cow_child", child);
	waitpid(child, NULL, 0);
	check(mlock(map, 3 * 4096) == 0, "mlock");
	check(munlock(map, 3 * 4096) == 0, "munlock");
	check(madvise(map, length, MADV_DONTNEED) == 0, "madvise dontneed");
	check(mprotect(map, length, PROT_READ) == 0, "mprotect");
	char *moved = mremap(map, length, length + 4096 * 9, MREMAP_MAYMOVE);
	check(moved != MAP_FAILED, "mremap");
	known("moved", (uintptr_t)moved);
	known("moved_end", (uintptr_t)moved + length + 4096 * 9);
	check(munmap(moved, length + 4096 * 9) == 0, "munmap");
	char *before = sbrk(0);
	check(brk(before + 0x31000) == 0, "brk");
	known("brk", (uintptr_t)before + 0x31000);
	known("brk_page", ((uintptr_t)before + 0x31000 + 4095) & ~4095ul);
	check(brk(before) == 0, "brk back");
}

static void processes(void)
{
	for (int i = 0; i < fork_count; i++) {
		char name[16];
		pid_t child = fork();
		if (child == 0)
			_exit(exit_code);
		snprintf(name, sizeof name, "child%d", i);
		known(name, child);
		int status;
		check(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == exit_code, "waitpid");
	}
	pid_t child = fork();
	if (child == 0) {
		execve("/bin/known-exec", (char *[]){ "known-exec", "one", "two", NULL }, (char *[]){ "A=1", NULL });
		_exit(99);
	}
	known("exec_child", child);
	int status;
	check(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 23, "exec");
	struct rlimit limit = { .rlim_cur = 321, .rlim_max = 654 };
	check(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
	check(sethostname("known-host", 10) == 0, "sethostname");
	check(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "subreaper");
	check(prctl(PR_SET_NAME, "renamed") == 0, "set name");
	check(prctl(PR_SET_NAME, "workload") == 0, "set name back");
}

static void nothing(int signal)
{
	(void)signal;
}

static void signals(void)
{
	struct sigaction action = { .sa_handler = nothing };
	check(sigaction(SIGUSR1, &action, NULL) == 0, "sigaction");
	check(sigaction(SIGALRM, &action, NULL) == 0, "sigaction alarm");
	for (int i = 0; i < 3; i++)
		check(kill(getpid(), SIGUSR1) == 0, "kill");
}

static void scheduling(void)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	check(sched_setaffinity(0, sizeof set, &set) == 0, "sched_setaffinity");
	for (int i = 0; i < 5; i++)
		sched_yield();
	check(setpriority(PRIO_PROCESS, 0, 5) == 0, "setpriority");
}

static void timers(void)
{
	struct timespec time = { 0, sleep_nanoseconds };
	for (int i = 0; i < 3; i++)
		check(syscall(SYS_nanosleep, &time, NULL) == 0, "nanosleep");
	struct itimerval alarm = { .it_value = { 0, 3456 } };
	sigset_t blocked, before;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGALRM);
	sigprocmask(SIG_BLOCK, &blocked, &before);	/* or it could come before anyone waits for it */
	check(setitimer(ITIMER_REAL, &alarm, NULL) == 0, "setitimer");
	sigsuspend(&before);
}

static void timer_descriptors(void)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, 0);
	struct itimerspec timer = { .it_value = { 0, 2345678 } };
	uint64_t expirations;
	check(timerfd_settime(fd, 0, &timer, NULL) == 0, "timerfd_settime");
	check(read(fd, &expirations, sizeof expirations) == sizeof expirations && expirations == 1, "timerfd read");
	close(fd);
}

static void unix_sockets(void)
{
	int pair[2];
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
	for (int i = 0; i < 3; i++) {
		check(send(pair[0], buffer, unix_size, 0) == unix_size, "unix send");
		check(recv(pair[1], buffer, unix_size, MSG_WAITALL) == unix_size, "unix recv");
	}
	close(pair[0]);
	close(pair[1]);
}

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port),
				     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static void udp(void)
{
	struct sockaddr_in address = loopback(udp_port);
	int receiver = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM, 0);
	check(bind(receiver, (struct sockaddr *)&address, sizeof address) == 0, "udp bind");
	for (int i = 0; i < 2; i++) {
		check(sendto(sender, buffer, udp_size, 0, (struct sockaddr *)&address, sizeof address) == udp_size,
		      "udp send");
		check(recv(receiver, buffer, sizeof buffer, 0) == udp_size, "udp recv");
	}
	close(receiver);
	close(sender);
}

static void tcp(void)
{
	struct sockaddr_in address = loopback(tcp_port);
	int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
	check(setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int)) == 0, "nodelay");
	check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int)) == 0, "reuseaddr");
	check(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "tcp bind");
	check(listen(listener, listen_backlog) == 0, "listen");
	check(connect(client, (struct sockaddr *)&address, sizeof address) == 0, "connect");
	int server = accept(listener, NULL, NULL);
	check(server >= 0, "accept");
	check(send(client, buffer, tcp_size, 0) == tcp_size, "tcp send");
	check(recv(server, buffer, tcp_size, MSG_WAITALL) == tcp_size, "tcp recv");
	close(client);	/* first, so that the waiting time is the client's and the port is free for the next round */
	close(server);
	close(listener);
}

static void ipc(void)
{
	struct { long type; char text[256]; } message = { .type = 9 };
	int queue = msgget(0x4d4b, IPC_CREAT | 0600);
	check(queue >= 0, "msgget");
	check(msgsnd(queue, &message, 123, 0) == 0, "msgsnd");
	check(msgrcv(queue, &message, 256, 0, 0) == 123, "msgrcv");
	msgctl(queue, IPC_RMID, NULL);
	int segment = shmget(0x4d4c, 70000, IPC_CREAT | 0600);
	check(segment >= 0, "shmget");
	shmctl(segment, IPC_RMID, NULL);
}

static void terminals(void)
{
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	char name[64];
	check(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0, "ptmx");
	check(ptsname_r(master, name, sizeof name) == 0, "ptsname");
	int slave = open(name, O_RDWR | O_NOCTTY);
	check(slave >= 0, "open pts");
	check(write(slave, "nineteen characters", 19) == 19, "pty write");
	check(read(master, buffer, sizeof buffer) == 19, "pty read");
	close(slave);
	close(master);
}

static void serial_line(void)
{
	int serial = open("/dev/ttyS2", O_RDWR | O_NOCTTY);
	check(serial >= 0, "open ttyS2");
	struct termios mode;
	check(tcgetattr(serial, &mode) == 0, "tcgetattr");
	cfmakeraw(&mode);
	check(tcsetattr(serial, TCSANOW, &mode) == 0, "tcsetattr");
	check(write(serial, "twenty-three characters", 23) == 23, "serial write");
	tcdrain(serial);
	close(serial);
}

static void devices(void)
{
	int zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
	check(read(zero, buffer, 10000) == 10000, "read zero");
	check(write(null, buffer, 6789) == 6789, "write null");
	close(zero);
	close(null);
	check(getrandom(buffer, 99, 0) == 99, "getrandom");
}

static void block(void)
{
	int disk = open("/dev/vda", O_RDWR | O_DIRECT);
	if (disk < 0)
		disk = open("/dev/sda", O_RDWR | O_DIRECT);
	check(disk >= 0, "open disk");
	static char page[block_size] __attribute__((aligned(4096)));
	memset(page, 'm', block_size);
	for (int i = 0; i < 4; i++)
		check(pread(disk, page, block_size, block_offset) == block_size, "block read");
	check(pwrite(disk, page, 4096, 2 * block_offset) == 4096, "block write");
	check(fcntl(disk, F_SETFL, O_RDWR) == 0, "buffered");
	check(pread(disk, page, 4096, 3 * block_offset) == 4096, "buffered read");
	close(disk);
}

static const struct {
	const char *name;
	void (*run)(void);
} steps[] = {
	{ "files", files }, { "memfd", memfd }, { "pipes", pipes }, { "events", events }, { "memory", memory },
	{ "processes", processes }, { "signals", signals }, { "scheduling", scheduling }, { "timers", timers },
	{ "timer_descriptors", timer_descriptors }, { "unix_sockets", unix_sockets }, { "udp", udp }, { "tcp", tcp },
	{ "ipc", ipc }, { "terminals", terminals }, { "serial_line", serial_line }, { "devices", devices },
	{ "block", block },
};
static volatile size_t current_step;

/* The agent's time limit ended the workload: says where it was stuck. */
static void stuck(int signal)
{
	(void)signal;
	printf("failed stuck-in-%s 0\n", steps[current_step].name);
	fflush(stdout);
	_exit(3);
}

static int wanted(const char *step, int count, char **names)
{
	for (int i = 1; i < count; i++)
		if (strcmp(step, names[i]) == 0)
			return 1;
	return count == 1;
}

int main(int count, char **arguments)
{
	if (strcmp(arguments[0], "known-exec") == 0)	/* the program that processes() starts */
		return 23;
	setvbuf(stdout, NULL, _IOFBF, 16384);
	signal(SIGTERM, stuck);
	known("pid", getpid());
	for (current_step = 0; current_step < sizeof steps / sizeof *steps; current_step++)
		if (wanted(steps[current_step].name, count, arguments))
			steps[current_step].run();
	printf("done %d\n", failures);
	return failures != 0;
}
