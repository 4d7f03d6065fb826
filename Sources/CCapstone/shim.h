#ifndef MARKERS_CCAPSTONE_SHIM_H
#define MARKERS_CCAPSTONE_SHIM_H

#include <capstone/capstone.h>

#endif
