/*
 * Instructions that run under a user probe: each function takes 5 and returns a number, and the probe stands at the
 * symbol s_NAME in it. Tests/Oracle/guest/steps.c calls them.
 */
	.syntax unified
	.arch armv7-a
	.fpu vfpv3
	.macro function name:req
	.text
	.balign	16
	.arm
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
	bx	lr
	.size run_\name, . - run_\name
	.section .rodata
777:	.asciz	"\name"
	.section .data.rel.ro.steps, "aw"
	.long	777b, run_\name
	.text
	.endm

	.macro simple name:req, code:vararg
	function \name
	step	\name, \code
	endfunction \name
	.endm

	.section .data.rel.ro.steps, "aw"
	.balign	4
	.globl steps
	.type steps, %object
steps:
	.text
	.arm
	.balign	16
helper:	mov	r0, #21
	bx	lr
number:	.long	11

	simple nop, nop
	simple mov, mov r1, r0
	simple add, add r0, r0, #3
	simple add_pc, add r1, pc, #8
	simple mul, mul r0, r0, r0
	simple clz, clz r0, r0
	simple movw, movw r0, #0x1234
	simple load_literal, ldr r0, number
	simple bx, bx lr
	simple yield, yield
	simple preload, pld [sp]
	simple stack, mov ip, sp
	simple extend, uxtb r0, r0
	simple vector, vmov s0, r0

	function condition_false
	cmp	r0, #5
	step condition_false, movne r0, #0
	endfunction condition_false

	function condition_true
	cmp	r0, #5
	step condition_true, moveq r0, #9
	endfunction condition_true

	function b_not_equal
	cmp	r0, #5
	step b_not_equal, bne helper
	endfunction b_not_equal

	function b
	step b, b 1f
	udf	#0
1:
	endfunction b

	function bl
	mov	r3, lr
	step bl, bl helper
	mov	lr, r3
	endfunction bl

	function blx
	mov	r3, lr
	adr	r1, helper
	step blx, blx r1
	mov	lr, r3
	endfunction blx

	function load
	adr	r1, number
	step load, ldr r0, [r1]
	endfunction load

	function push
	step push, push {r0, lr}
	mov	r0, #0
	pop	{r0, lr}
	endfunction push

	function pop_pc
	push	{r0, lr}
	step pop_pc, pop {r0, pc}
	endfunction pop_pc

	function multiple
	adr	r1, number
	step multiple, ldm r1, {r0}
	endfunction multiple

	function mov_pc
	step mov_pc, mov pc, lr
	endfunction mov_pc

	/* Accepted by the kernel, never hit as a breakpoint, and another program than it was. */
	.thumb
	.balign	16
	.type run_thumb, %function
	.thumb_func
run_thumb:
	.globl s_thumb
	.type s_thumb, %function
	.thumb_func
s_thumb: adds	r0, #3
	adds	r0, #4
	.size s_thumb, 2
	bx	lr
	.size run_thumb, . - run_thumb
	.section .rodata
777:	.asciz	"thumb"
	.section .data.rel.ro.steps, "aw"
	.long	777b, run_thumb

	.section .data.rel.ro.steps, "aw"
	.long	0, 0
	.section .note.GNU-stack, "", %progbits
