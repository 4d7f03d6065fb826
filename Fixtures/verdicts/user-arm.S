/* Instructions to ask kernels about as user probes. The program itself only waits; it never reaches them. */
	.syntax unified
	.arch armv7ve
	.fpu neon
	.text
	.arm
	.globl _start
	.type _start, %function
_start:
1:	mov	r7, #29			/* pause */
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
	target t_mov, mov r0, r1
	target t_mov_ip_sp, mov ip, sp
	target t_mov_pc, mov pc, lr
	target t_movs_pc, movs pc, lr
	target t_add, add r0, r1, r2
	target t_add_shifted, add r0, r1, r2, lsl r3
	target t_cmp, cmp r0, #1
	target t_movw, movw r0, #0x1234
	target t_mul, mul r0, r1, r2
	target t_umull, umull r0, r1, r2, r3
	target t_clz, clz r0, r1
	target t_ubfx, ubfx r0, r1, #3, #4
	target t_uxtb, uxtb r0, r1
	target t_rev, rev r0, r1
	target t_load, ldr r0, [r1]
	target t_load_literal, ldr r0, [pc, #8]
	target t_load_byte, ldrb r0, [r1]
	target t_load_double, ldrd r0, r1, [r2]
	target t_load_user, ldrt r0, [r1]
	target t_load_exclusive, ldrex r0, [r1]
	target t_store, str r0, [r1]
	target t_push, push {r4, lr}
	target t_pop_pc, pop {r4, pc}
	target t_pop_lr_pc, .inst 0xe8bdc000
	target t_ldm, ldm r0, {r1, r2}
	target t_ldm_user, .inst 0xe8d00006
	target t_b, b .
	target t_bl, bl .
	target t_beq, beq .
	target t_bx, bx lr
	target t_blx, blx r3
	target t_svc, svc 0
	target t_bkpt, bkpt 0
	target t_udf, udf 0
	target t_mrs, mrs r0, cpsr
	target t_msr, msr cpsr_f, r0
	target t_mrc, mrc p15, 0, r0, c13, c0, 3
	target t_vfp, vadd.f32 s0, s1, s2
	target t_wfe, wfe
	target t_sev, sev
	target t_yield, yield
	target t_pld, pld [r0]
	target t_dmb, dmb ish
	.balign	16
	nop
	.section .note.GNU-stack, "", %progbits
