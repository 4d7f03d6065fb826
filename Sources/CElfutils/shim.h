#ifndef MARKERS_CELFUTILS_SHIM_H
#define MARKERS_CELFUTILS_SHIM_H

#include <dwarf.h>
#include <elf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <libelf.h>

#endif
