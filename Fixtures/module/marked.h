/* SPDX-License-Identifier: GPL-2.0 */
#ifndef MARKED_H
#define MARKED_H

#include <linux/list.h>
#include <linux/types.h>

#include <markers/marker.h>

struct marked_host {
	unsigned int host_no;
	const char *name;
};

struct marked_device {
	struct marked_host *host;
	u16 id;
	u8 lun : 3;
	u8 flags : 5;
};

struct marked_command {
	struct list_head entry;
	struct marked_device *device;
	u8 cdb[16];
	union {
		u64 sector;
		u32 words[2];
	};
	char tag[12];
};

/* Inlined into both callers. */
static __always_inline u32 marked_fold(const struct marked_command *cmd, u32 seed)
{
	u32 sum = seed;
	int i;

	for (i = 0; i < ARRAY_SIZE(cmd->cdb); i++)
		sum = sum * 31 + cmd->cdb[i];
	MARKER_IN(marked, fold, seed, sum, MARKER_LABEL(opcode, MARKER_AS(cmd->cdb[0], x8)));
	return sum + cmd->words[0];
}

#endif
