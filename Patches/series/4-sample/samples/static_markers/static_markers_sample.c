// SPDX-License-Identifier: GPL-2.0
/*
 * Static markers in a module
 *
 *	make markers
 *	cat markers.probes > /sys/kernel/tracing/kprobe_events
 *	echo 1 > /sys/kernel/tracing/events/post/enable
 *	echo 3 > /sys/module/static_markers_sample/parameters/parcels
 *	cat /sys/kernel/tracing/trace
 *
 * The third parcel, for instance, is post:weigh with number=3, town="Bremen"
 * and grams=700, and there is one post:done for each write.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

/* Who provides the markers; without it, the module's name. */
#define MARKER_PROVIDER "post"
#include <linux/static_markers.h>

struct parcel {
	unsigned int number;
	u16 grams;
	char town[16];
};

static const char * const towns[] = { "Aachen", "Berlin", "Bremen", "Dresden" };

/* Posts a parcel; returns its weight in grams, or an error. */
static int post(unsigned int number)
{
	struct parcel *parcel;
	int grams;

	parcel = kmalloc(sizeof(*parcel), GFP_KERNEL);
	if (!parcel)
		return -ENOMEM;

	parcel->number = number;
	parcel->grams = 100 + 200 * (number % 64);
	strscpy(parcel->town, towns[(number - 1) % ARRAY_SIZE(towns)],
		sizeof(parcel->town));

	MARKER(weigh, parcel->number, parcel->grams,
	       MARKER_LABEL(town, MARKER_AS(parcel->town, string)));
	grams = parcel->grams;

	kfree(parcel);
	return grams;
}

static int parcels_set(const char *text, const struct kernel_param *param)
{
	unsigned int count, i;
	u64 total = 0;
	int ret;

	ret = kstrtouint(text, 0, &count);
	if (ret)
		return ret;

	for (i = 0; i < count; i++) {
		ret = post(i + 1);
		if (ret < 0)
			return ret;
		total += ret;
	}

	MARKER(done, count);
	pr_info("%u parcels, %llu grams in all\n", count, total);
	return 0;
}

static const struct kernel_param_ops parcels_ops = {
	.set = parcels_set,
};
module_param_cb(parcels, &parcels_ops, NULL, 0200);
MODULE_PARM_DESC(parcels, "weigh that many parcels");

MODULE_DESCRIPTION("Static markers sample");
MODULE_LICENSE("GPL");
