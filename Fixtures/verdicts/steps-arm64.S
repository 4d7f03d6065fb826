/*
 * Instructions that run under a user probe: each function takes 5 and returns a number, and the probe stands at the
 * symbol s_NAME in it. Tests/Oracle/guest/steps.c calls them.
 */
	.macro function name:req
	.text
	.balign	16
	.type run_\name, %function
run_\name:
	.endm

	.macro step name:req, code:vararg
	.globl s_\name
	.type s_\name, %function
s_\name: \code
	.size s_\name, . - s_\name
	.endm

	.macro endfunction name:req
	ret
	.size run_\name, . - run_\name
	.section .rodata
777:	.asciz	"\name"
	.section .data.rel.ro.steps, "aw"
	.quad	777b, run_\name
	.text
	.endm

	.macro simple name:req, code:vararg
	function \name
	step	\name, \code
	endfunction \name
	.endm

	/* A branch over an instruction that is never reached. */
	.macro skipping name:req, code:vararg
	function \name
	step	\name, \code
	.inst	0
1:
	endfunction \name
	.endm

	.section .data.rel.ro.steps, "aw"
	.balign	8
	.globl steps
	.type steps, %object
steps:
	.text
	.balign	16
helper:	mov	x0, #21
	ret
number:	.quad	11

	simple nop, nop
	simple add, add x0, x0, #3
	simple mul, mul x0, x0, x0
	simple csel, csel x0, x0, x0, eq
	simple adr, adr x1, .
	simple adrp, adrp x1, number
	simple ret, ret
	skipping b, b 1f
	simple cbz, cbz x0, helper
	skipping cbnz, cbnz x0, 1f
	skipping tbz, tbz x0, #1, 1f
	simple tbnz, tbnz x0, #1, helper
	simple yield, hint #1
	simple mrs, mrs x1, tpidr_el0
	simple prefetch, prfm pldl1keep, [sp]
	simple vector, fmov d1, x0

	function adr_value
	step adr_value, adr x1, number
	ldr	x0, [x1]
	endfunction adr_value

	function b_equal
	cmp	x0, #5
	step b_equal, b.eq 1f
	mov	x0, #0
1:
	endfunction b_equal

	function bl
	mov	x9, x30
	step bl, bl helper
	mov	x30, x9
	endfunction bl

	function blr
	mov	x9, x30
	adr	x1, helper
	step blr, blr x1
	mov	x30, x9
	endfunction blr

	function br
	adr	x1, helper
	step br, br x1
	endfunction br

	function pacia
	step pacia, hint #25
	hint	#29
	endfunction pacia

	function load
	adr	x1, number
	step load, ldr x0, [x1]
	endfunction load

	function push
	step push, stp x0, x30, [sp, #-16]!
	mov	x0, #0
	ldp	x0, x30, [sp], #16
	endfunction push

	function system_call
	mov	x8, #0x1000
	step system_call, nop
	svc	#0
	neg	x0, x0
	endfunction system_call

	.section .data.rel.ro.steps, "aw"
	.quad	0, 0
	.section .note.GNU-stack, "", %progbits
