#!/bin/sh
# SPDX-License-Identifier: MIT
# Print include/linux/static_markers.h: include/markers/marker.h behind CONFIG_STATIC_MARKERS.
set -eu
sed -e 's/^ \* marker\.h - /&/; s/^ \* marker\.h/ * static_markers.h/' \
	-e 's|^ \* Docs/record-format\.md\.$| * record-format.md of the markers project.|' \
	-e 's|^#define _MARKERS_MARKER_H$|&\
\
#ifndef CONFIG_STATIC_MARKERS\
# define MARKERS_OFF\
#endif|' "$(dirname "$0")/../include/markers/marker.h"
