#ifndef MARKERS_CZSTD_SHIM_H
#define MARKERS_CZSTD_SHIM_H

#include <zstd.h>

#endif
