/* Instructions to ask kernels about as user probes. The program itself only waits; it never reaches them. */
	.text
	.globl _start
	.type _start, @function
_start:
1:	movl	$34, %eax		/* pause */
	syscall
	jmp	1b
	.size _start, . - _start

	.macro target name:req, code:vararg
	.balign	16, 0x90
	.globl \name
	.type \name, @function
\name:	\code
	.size \name, . - \name
	.endm

	target nop1, nop
	target nop2, .byte 0x66, 0x90
	target pause, pause
	target nopl, nopl (%rax)
	target endbr, endbr64
	target push_rax, push %rax
	target push_r12, push %r12
	target push_rsp, push %rsp
	target push_operand_size, .byte 0x66, 0x50
	target push_rex_w, .byte 0x48, 0x50
	target push_memory, pushq (%rax)
	target pop_rax, pop %rax
	target jmp_short, .byte 0xeb, 0x00
	target jmp_near, .byte 0xe9, 0, 0, 0, 0
	target jmp_operand_size, .byte 0x66, 0xe9, 0, 0, 0, 0
	target je_short, .byte 0x74, 0x00
	target jne_near, .byte 0x0f, 0x85, 0, 0, 0, 0
	target jne_operand_size, .byte 0x66, 0x0f, 0x85, 0, 0, 0, 0
	target call_near, .byte 0xe8, 0, 0, 0, 0
	target call_operand_size, .byte 0x66, 0xe8, 0, 0, 0, 0
	target call_register, call *%rax
	target call_memory, call *(%rax)
	target call_rip, call *8(%rip)
	target jmp_register, jmp *%rax
	target jmp_notrack, notrack jmp *%rax
	target ret_near, ret
	target ret_repeated, repz ret
	target ret_far, lretl
	target ret_pop, ret $8
	target loop_short, .byte 0xe2, 0x00
	target jrcxz_short, .byte 0xe3, 0x00
	target mov_register, mov %rax, %rbx
	target mov_rip, mov 8(%rip), %rax
	target mov_rip_rsi, mov 8(%rip), %rsi
	target mov_fs, mov %fs:0, %rax
	target mov_gs, mov %gs:0, %rax
	target mov_ss, mov %eax, %ss
	target mov_ds, mov %eax, %ds
	target lock_inc, lock incl (%rax)
	target lock_cmpxchg, lock cmpxchg %rax, (%rdi)
	target cs_nop, .byte 0x2e, 0x90
	target ds_mov, .byte 0x3e, 0x48, 0x89, 0xc3
	target es_mov, .byte 0x26, 0x48, 0x89, 0xc3
	target ss_mov, .byte 0x36, 0x48, 0x89, 0xc3
	target address_size, .byte 0x67, 0x8b, 0x00
	target rep_movsb, rep movsb
	target ud, ud2
	target ud1_register, .byte 0x0f, 0xb9, 0xc0
	target system_call, syscall
	target system_enter, sysenter
	target interrupt, int $0x80
	target breakpoint, int3
	target int1_trap, .byte 0xf1
	target halt, hlt
	target cli_flag, cli
	target sti_flag, sti
	target cld_flag, cld
	target in_byte, in $0x10, %al
	target out_dx, out %al, %dx
	target ins_byte, insb
	target iret_quad, iretq
	target push_flags, pushfq
	target pop_flags, popfq
	target leave_frame, leave
	target enter_frame, enter $16, $0
	target cpu_id, cpuid
	target rdtsc_counter, rdtsc
	target xgetbv_register, xgetbv
	target fence, mfence
	target sse_move, movaps %xmm0, %xmm1
	target avx_move, vmovdqa %ymm0, %ymm1
	target avx_rip, vmovdqu 8(%rip), %ymm1
	target evex_move, .byte 0x62, 0xf1, 0xfd, 0x48, 0x6f, 0xc8
	target fpu_load, fld1
	target fpu_wait, fwait
	target wrmsr_register, wrmsr
	target crc, crc32 %rax, %rbx
	target old_push_es, .byte 0x06
	target old_bound, .byte 0x60
	target old_group, .byte 0x82, 0xc0, 0x01
	target old_far_call, .byte 0x9a
	target old_aam, .byte 0xd4, 0x0a
	target old_salc, .byte 0xd6
	target old_far_jump, .byte 0xea
	target movabs, movabs $0x1122334455667788, %rax
	target xchg_memory, xchg %rax, (%rdi)
	.balign	16, 0x90
	nop
	.section .note.GNU-stack, "", @progbits
