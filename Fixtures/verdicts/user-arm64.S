/* Instructions to ask kernels about as user probes. The program itself only waits; it never reaches them. */
	.arch armv8.3-a
	.text
	.globl _start
	.type _start, %function
_start:
1:	mov	x8, #73			/* ppoll(NULL, 0, NULL, NULL) */
	mov	x0, #0
	mov	x1, #0
	mov	x2, #0
	mov	x3, #0
	svc	#0
	b	1b
	.size _start, . - _start

	.macro target name:req, code:vararg
	.balign	16
	.globl \name
	.type \name, %function
\name:	\code
	.size \name, . - \name
	.endm

	target t_nop, nop
	target t_yield, yield
	target t_wfe, wfe
	target t_bti, hint #34
	target t_paciasp, paciasp
	target t_autiasp, autiasp
	target t_esb, hint #16
	target t_add, add x0, x1, x2
	target t_load, ldr x0, [x1]
	target t_store_pair, stp x0, x1, [sp, #-16]!
	target t_load_literal, ldr x0, .
	target t_load_signed_literal, ldrsw x0, .
	target t_prefetch_literal, prfm pldl1keep, .
	target t_prefetch, prfm pldl1keep, [x0]
	target t_adr, adr x0, .
	target t_adrp, adrp x0, .
	target t_b, b .
	target t_bl, bl .
	target t_b_eq, b.eq .
	target t_cbz, cbz x0, .
	target t_tbnz, tbnz x0, #3, .
	target t_br, br x0
	target t_blr, blr x0
	target t_ret, ret
	target t_retaa, retaa
	target t_braa, braa x0, x1
	target t_svc, svc #0
	target t_brk, brk #1
	target t_brk_uprobes, brk #5
	target t_mrs, mrs x0, tpidr_el0
	target t_mrs_daif, mrs x0, daif
	target t_msr, msr tpidr_el0, x0
	target t_dmb, dmb ish
	target t_isb, isb
	target t_ldxr, ldxr x0, [x1]
	target t_stxr, stxr w0, x1, [x2]
	target t_ldar, ldar x0, [x1]
	target t_vector, add v0.4s, v1.4s, v2.4s
	target t_undefined, .inst 0
	.balign	16
	nop
	.section .note.GNU-stack, "", %progbits
