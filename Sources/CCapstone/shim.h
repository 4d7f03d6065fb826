#ifndef MARKERS_CCAPSTONE_SHIM_H
#define MARKERS_CCAPSTONE_SHIM_H

#include <capstone/capstone.h>

/* Pointers into the detail of an instruction: Swift imports the arrays there as tuples, which it would copy. */

static inline const cs_x86 *markers_x86_detail(const cs_insn *insn) { return &insn->detail->x86; }
static inline const cs_arm64 *markers_arm64_detail(const cs_insn *insn) { return &insn->detail->arm64; }
static inline const cs_arm *markers_arm_detail(const cs_insn *insn) { return &insn->detail->arm; }

static inline const cs_x86_op *markers_x86_operands(const cs_insn *insn) {
	return insn->detail->x86.operands;
}
static inline const cs_arm64_op *markers_arm64_operands(const cs_insn *insn) {
	return insn->detail->arm64.operands;
}
static inline const cs_arm_op *markers_arm_operands(const cs_insn *insn) {
	return insn->detail->arm.operands;
}
static inline const unsigned short *markers_implicit_reads(const cs_insn *insn) {
	return insn->detail->regs_read;
}
static inline const unsigned short *markers_implicit_writes(const cs_insn *insn) {
	return insn->detail->regs_write;
}

#endif
