// SPDX-License-Identifier: GPL-2.0
/*
 * A module whose markers have values that a reader can predict.
 *
 * Writing N to /sys/kernel/debug/marked/dispatch dispatches N commands, numbered from 0: command n has opcode
 * 0x28, sector 1000 + n and goes to device n % 2, which belongs to host 3 + n % 2.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "marked.h"

static struct marked_host hosts[2] = {
	{ .host_no = 3, .name = "first" },
	{ .host_no = 4, .name = "second" },
};

static struct marked_device devices[2] = {
	{ .host = &hosts[0], .id = 10, .lun = 1, .flags = 17 },
	{ .host = &hosts[1], .id = 11, .lun = 5, .flags = 2 },
};

static LIST_HEAD(queue);
static unsigned long dispatched;
static struct dentry *directory;

static noinline int marked_queue(struct marked_command *cmd, unsigned int number)
{
	u32 sum = marked_fold(cmd, number);

	MARKER(queue, number, MARKER_AS(sum, x32), MARKER_LABEL(tag, MARKER_AS(cmd->tag, string)));
	list_add_tail(&cmd->entry, &queue);
	return 0;
}

static noinline int marked_dispatch(struct marked_command *cmd)
{
	MARKER(dispatch,
	       MARKER_LABEL(host, MARKER_AS(cmd->device->host->host_no, u32)),
	       MARKER_LABEL(name, MARKER_AS(cmd->device->host->name, string)),
	       MARKER_LABEL(id, cmd->device->id), MARKER_LABEL(lun, cmd->device->lun),
	       MARKER_LABEL(sector, cmd->sector), MARKER_LABEL(cdb, MARKER_AS(cmd->cdb, x8[16])));
	dispatched++;
	if (cmd->device->lun > 4) {
		MARKER(high_lun, MARKER_LABEL(lun, cmd->device->lun), dispatched);
		return 1;
	}
	return marked_fold(cmd, 0) == 0;
}

static noinline int marked_run(void)
{
	struct marked_command *cmd, *next;
	int high = 0;

	list_for_each_entry_safe(cmd, next, &queue, entry) {
		MARKER(run, MARKER_LABEL(sector, cmd->sector), high);
		high += marked_dispatch(cmd);
		list_del(&cmd->entry);
		kfree(cmd);
	}
	return high;
}

/* The marker comes before the test: where there is no device, what is read through the pointer faults. */
static noinline __noclone int marked_ready(const struct marked_device *device)
{
	MARKER(ready, device, MARKER_LABEL(host, MARKER_AS(device->host->name, string)), MARKER_LABEL(id, device->id));
	return device && device->host;
}

static int marked_fill(unsigned int count)
{
	unsigned int n;

	for (n = 0; n < count; n++) {
		struct marked_command *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL);

		if (!cmd)
			return -ENOMEM;
		cmd->device = &devices[n % 2];
		cmd->cdb[0] = 0x28;
		cmd->cdb[15] = n;
		cmd->sector = 1000 + n;
		snprintf(cmd->tag, sizeof(cmd->tag), "tag%u", n);
		marked_queue(cmd, n);
	}
	return 0;
}

static ssize_t marked_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	unsigned int commands;
	int ret;

	ret = kstrtouint_from_user(buf, count, 0, &commands);
	if (ret)
		return ret;
	MARKER(write, count, commands, MARKER_LABEL(file, MARKER_AS(file->f_path.dentry->d_name.name, string)));
	if (marked_ready(NULL) || !marked_ready(&devices[1]))
		return -ENODEV;
	ret = marked_fill(min(commands, 100U));
	if (ret)
		return ret;
	ret = marked_run();
	MARKER(written, MARKER_LABEL(high, ret), dispatched);
	return count;
}

static const struct file_operations marked_operations = {
	.owner = THIS_MODULE,
	.write = marked_write,
};

static int __init marked_init(void)
{
	MARKER(init, MARKER_LABEL(name, MARKER_AS(__this_module.name, string)));
	directory = debugfs_create_dir("marked", NULL);
	debugfs_create_file("dispatch", 0200, directory, NULL, &marked_operations);
	return 0;
}

static void __exit marked_exit(void)
{
	MARKER(exit, dispatched);
	debugfs_remove_recursive(directory);
}

module_init(marked_init);
module_exit(marked_exit);
MODULE_DESCRIPTION("markers in a module");
MODULE_LICENSE("GPL");
