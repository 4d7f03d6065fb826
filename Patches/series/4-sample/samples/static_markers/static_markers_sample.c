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

/* Who provides the markers; without it, the module's name. */
#define MARKER_PROVIDER "post"
#include <linux/static_markers.h>

struct parcel {
	unsigned int number;
	u16 grams;
	char town[16];
};

static const char * const towns[] = { "Aachen", "Berlin", "Bremen", "Dresden" };

static u64 total_grams;

static void weigh(const struct parcel *parcel)
{
	MARKER(weigh, parcel->number, parcel->grams,
	       MARKER_LABEL(town, MARKER_AS(parcel->town, string)));

	total_grams += parcel->grams;
	pr_debug("parcel %u to %s\n", parcel->number, parcel->town);
}

static int parcels_set(const char *text, const struct kernel_param *param)
{
	struct parcel parcel;
	unsigned int count, i;
	int ret;

	ret = kstrtouint(text, 0, &count);
	if (ret)
		return ret;

	for (i = 0; i < count; i++) {
		parcel.number = i + 1;
		parcel.grams = 100 + 200 * (parcel.number % 64);
		strscpy(parcel.town, towns[i % ARRAY_SIZE(towns)],
			sizeof(parcel.town));
		weigh(&parcel);
	}

	MARKER(done, count, MARKER_LABEL(grams, total_grams));
	pr_info("%u parcels, %llu grams in all\n", count, total_grams);
	return 0;
}

static const struct kernel_param_ops parcels_ops = {
	.set = parcels_set,
};
module_param_cb(parcels, &parcels_ops, NULL, 0200);
MODULE_PARM_DESC(parcels, "weigh that many parcels");

MODULE_DESCRIPTION("Static markers sample");
MODULE_LICENSE("GPL");
