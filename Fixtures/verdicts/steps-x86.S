/*
 * Instructions that run under a user probe: each function takes 5 and returns a number, and the probe stands at the
 * symbol s_NAME in it. Tests/Oracle/guest/steps.c calls them.
 */
	.macro function name:req
	.text
	.balign	16
	.type run_\name, @function
run_\name:
	.endm

	.macro step name:req, code:vararg
	.globl s_\name
	.type s_\name, @function
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

	/* One instruction, and what it leads to is in rax. */
	.macro simple name:req, code:vararg
	function \name
	mov	%rdi, %rax
	step	\name, \code
	endfunction \name
	.endm

	/* The same, with an instruction behind it that is never reached. */
	.macro skipping name:req, code:vararg
	function \name
	mov	%rdi, %rax
	step	\name, \code
	ud2
1:
	endfunction \name
	.endm

	.section .data.rel.ro.steps, "aw"
	.globl steps
	.type steps, @object
steps:
	.data
	.balign	32
number:	.quad	11, 12, 13, 14
target:	.quad	helper
	.text
helper:	mov	$21, %eax
	ret

	simple nop, nop
	simple nop2, .byte 0x66, 0x90
	simple pause, pause
	simple nopl, nopl (%rax)
	simple endbr, endbr64
	simple add, add $3, %rax
	simple shl, shl %rax
	simple imul, imul $3, %rdi, %rax
	simple lea, lea 7(%rdi), %rax
	simple movabs, movabs $0x1122334455667708, %rax
	simple xchg, xchg %rax, %rdi
	simple crc, crc32 %rdi, %rax
	simple cld, cld
	simple fence, mfence
	simple mov_rip, mov number(%rip), %rax
	simple call_near, call helper
	simple call_rip, call *target(%rip)
	simple ret_near, ret
	simple ret_repeated, repz ret
	simple movsx, movsbq number+8(%rip), %rax

	skipping jmp_short, jmp 1f
	skipping jmp_near, .byte 0xe9, 2, 0, 0, 0

	function mov_rip_si
	step mov_rip_si, mov number+8(%rip), %rsi
	mov	%rsi, %rax
	endfunction mov_rip_si

	function add_rip
	mov	%rdi, %rax
	mov	$3, %esi
	step add_rip, add number+16(%rip), %rax
	add	%rsi, %rax
	endfunction add_rip

	function imul_rip
	mov	$2, %ecx
	mov	%rcx, %rax
	step imul_rip, imulq number(%rip)
	endfunction imul_rip

	function avx_rip
	step avx_rip, vmovdqu number(%rip), %ymm1
	vmovq	%xmm1, %rax
	vzeroupper
	endfunction avx_rip

	function push
	step push, push %rdi
	pop	%rax
	endfunction push

	function push_r12
	mov	%r12, %rcx
	mov	%rdi, %r12
	step push_r12, push %r12
	pop	%rax
	mov	%rcx, %r12
	endfunction push_r12

	function push_sp
	mov	%rsp, %rcx
	step push_sp, push %rsp
	pop	%rdx
	xor	%eax, %eax
	cmp	%rcx, %rdx
	sete	%al
	endfunction push_sp

	function push_memory
	push	%rdi
	step push_memory, pushq (%rsp)
	pop	%rax
	pop	%rcx
	endfunction push_memory

	function pop
	push	%rdi
	step pop, pop %rax
	endfunction pop

	function push_flags
	cmp	%rdi, %rdi
	step push_flags, pushfq
	pop	%rax
	and	$0x40, %eax
	endfunction push_flags

	function pop_flags
	pushq	$0x243
	step pop_flags, popfq
	setc	%al
	movzbl	%al, %eax
	endfunction pop_flags

	function je_taken
	mov	%rdi, %rax
	cmp	$5, %rdi
	step je_taken, je 1f
	mov	$0, %eax
1:
	endfunction je_taken

	function jne_not_taken
	mov	%rdi, %rax
	cmp	$5, %rdi
	step jne_not_taken, .byte 0x0f, 0x85, 5, 0, 0, 0
	mov	$9, %eax
	endfunction jne_not_taken

	function loop
	mov	$3, %ecx
	xor	%eax, %eax
1:	add	%rdi, %rax
	step loop, loop 1b
	endfunction loop

	function jrcxz
	xor	%ecx, %ecx
	mov	%rdi, %rax
	step jrcxz, jrcxz 1f
	mov	$0, %eax
1:
	endfunction jrcxz

	function call_register
	lea	helper(%rip), %rcx
	step call_register, call *%rcx
	endfunction call_register

	function jmp_register
	lea	helper(%rip), %rcx
	step jmp_register, jmp *%rcx
	endfunction jmp_register

	function mov_fs
	step mov_fs, mov %fs:0, %rax
	xor	%fs:0, %rax
	endfunction mov_fs

	function leave
	push	%rbp
	mov	%rsp, %rbp
	sub	$32, %rsp
	step leave, leave
	mov	%rdi, %rax
	endfunction leave

	function rep_movsb
	sub	$24, %rsp
	lea	number(%rip), %rsi
	mov	%rsp, %rdi
	mov	$8, %ecx
	step rep_movsb, rep movsb
	mov	(%rsp), %rax
	add	$24, %rsp
	endfunction rep_movsb

	function address_size
	push	%rdi
	mov	$5, %eax
	step address_size, .byte 0x67, 0x8d, 0x40, 0x01
	pop	%rdi
	endfunction address_size

	function system_call
	mov	$0x1000, %eax
	step system_call, syscall
	neg	%rax
	endfunction system_call

	function fpu
	sub	$8, %rsp
	fld1
	fld1
	step fpu, faddp
	fistpl	(%rsp)
	movslq	(%rsp), %rax
	add	$8, %rsp
	endfunction fpu

	.section .data.rel.ro.steps, "aw"
	.quad	0, 0
	.section .note.GNU-stack, "", @progbits
