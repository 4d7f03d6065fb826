/*
 * Functions to ask kernels about, each byte of them: built into a module by Tests/Oracle/make-fixtures.sh, and judged
 * as an object by the tests. None is ever called.
 */
	.macro function name:req, section=.text
	.section \section, "ax", @progbits
	.balign	16, 0xcc
	.globl "\name"
	.type "\name", @function
"\name":
	.endm

	.macro endfunction name:req
	.size "\name", . - "\name"
	.endm

	/* What -mfentry -mrecord-mcount makes: a place where ftrace patches its call. */
	.macro fentry
777:	call	__fentry__
	.pushsection __mcount_loc, "a", @progbits
	.balign	8
	.quad	777b
	.popsection
	.endm

	.macro bug
777:	ud2
	.pushsection __bug_table, "aw", @progbits
	.long	777b - .
	.long	file_name - .
	.word	__LINE__
	.word	0
	.popsection
	.endm

	.macro fixup target:req, code:vararg
777:	\code
	.pushsection __ex_table, "a", @progbits
	.balign	4
	.long	777b - .
	.long	\target - .
	.long	1
	.popsection
	.endm

	.macro label target:req
777:	.byte	0x0f, 0x1f, 0x44, 0x00, 0x00
	.pushsection __jump_table, "aw", @progbits
	.balign	8
	.long	777b - .
	.long	\target - .
	.quad	static_key - .
	.popsection
	.endm

	.section .rodata.str1.1, "aMS", @progbits, 1
file_name:
	.asciz	"targets.S"

	.data
	.balign	8
static_key:
	.quad	0, 0

#ifdef VERMAGIC
	.section .modinfo, "a", @progbits
	.asciz	VERMAGIC
#endif

/* What makes the object a whole kernel, for a test of the same code in a vmlinux.o. */
#ifdef KERNEL
	.globl start_kernel, register_kprobe, kprobe_ftrace_handler, optprobe_template_entry, kprobe_emulate_jmp
	.globl preempt_schedule
register_kprobe:
kprobe_ftrace_handler:
optprobe_template_entry:
kprobe_emulate_jmp:
preempt_schedule:
vermagic:
	.asciz	KERNEL
	.asciz	"Could not probe notrace function %s"
function start_kernel, .init.text
	ret
endfunction start_kernel
	.section .retpoline_sites, "a"
	.long	start_kernel - .

/* Names of 32 features and 32 bugs, and a place that the second bug changes. */
	.section .rodata
	.balign	32
	.macro names table:req, bit:req, text:req
	.globl \table
	.type \table, @object
\table:
	.fill	\bit, 8, 0
	.quad	\text
	.fill	31 - \bit, 8, 0
	.size \table, . - \table
	.endm
feature_name:
	.asciz	"a_feature"
bug_name:
	.asciz	"a_bug"
	.balign	32
	names x86_cap_flags, 3, feature_name
	.quad	feature_name, feature_name
	names x86_bug_flags, 1, bug_name

function mt_choice
	fentry
777:	mov	%eax, %ss
778:	ret
	int3
endfunction mt_choice
	.section .altinstr_replacement, "ax"
779:	nop
	nop
	.section .altinstructions, "a"
	.long	777b - ., 779b - .
	.word	32 + 1
	.byte	778b - 777b, 2
#endif

/* Straight code: every instruction may be replaced by a jump until the end comes too near. */
function mt_plain
	fentry
	push	%rbx
	mov	%rdi, %rbx
	add	$1, %rax
	lea	8(%rbx), %rdi
	movabs	$0x1122334455667788, %rax
	mov	static_key(%rip), %rcx
	mov	%rdi, %rax
	pop	%rbx
	ret
	int3
endfunction mt_plain

/* Judged by mt_plain, which has an ftrace location. */
function mt_plain.cold
	mov	%rdi, %rbx
	add	$1, %rax
	lea	8(%rbx), %rdi
	ret
endfunction mt_plain.cold

function mt_notrace
	mov	%rdi, %rbx
	add	$1, %rax
	ret
endfunction mt_notrace

function mt_blacklisted
	fentry
	mov	%rdi, %rbx
	add	$1, %rax
	ret
	.pushsection _kprobe_blacklist, "aw", @progbits
	.quad	mt_blacklisted
	.popsection
endfunction mt_blacklisted

function mt_noinstr, .noinstr.text
	fentry
	mov	%rdi, %rbx
	ret
endfunction mt_noinstr

function mt_preamble
	fentry
	mov	%rdi, %rbx
	ret
endfunction mt_preamble

function __pfx_mt_preamble
	fentry
	mov	%rdi, %rbx
	ret
endfunction __pfx_mt_preamble

/* Branches into the bytes that a jump would replace, from both sides, and a loop. */
function mt_branch
	fentry
	xor	%eax, %eax
1:	mov	%rdi, %rbx
2:	add	$8, %rbx
	cmp	%rsi, %rbx
	jne	2b
	je	3f
	mov	%rsi, %rdi
	lea	8(%rdi), %rdi
3:	mov	%rdi, %rax
	mov	%rdi, %rdx
	.byte	0x0f, 0x84, 0, 0, 0, 0
	mov	%rdi, %rcx
	loop	1b
	mov	%rdi, %rax
	ret
	int3
endfunction mt_branch

/* An indirect jump: an obstacle to the whole function before 6.7. */
function mt_indirect
	fentry
	mov	%rdi, %rbx
	add	$8, %rbx
	lea	8(%rbx), %rdi
	mov	%rdi, %rax
	jmp	*%rax
	int3
endfunction mt_indirect

/* An exception fixup: an obstacle to the whole function. */
function mt_fixup
	fentry
	mov	%rdi, %rbx
	add	$8, %rbx
	fixup	1f, mov (%rbx), %rax
	mov	%rdi, %rbx
	mov	%rdi, %rcx
1:	ret
	int3
endfunction mt_fixup

function mt_bug
	fentry
	mov	%rdi, %rbx
	mov	%rdi, %rcx
	bug
	mov	%rdi, %rbx
	mov	%rdi, %rcx
	ret
	int3
endfunction mt_bug

function mt_label
	fentry
	mov	%rdi, %rbx
	mov	%rdi, %rcx
	label	1f
	mov	%rdi, %rdx
	mov	%rdi, %rsi
	mov	%rdi, %rbx
	ret
	int3
	mov	%rdi, %r8
	mov	%rdi, %r9
1:	mov	%rdi, %r10
	mov	%rdi, %r11
	ret
	int3
endfunction mt_label

/* What the kernel emulates, refuses, or steps. */
function mt_system
	fentry
	cli
	sti
	pushf
	popf
	cpuid
	rdtsc
	hlt
	swapgs
	wrmsr
	clts
	int	$0x80
	ud2
	.byte	0x0f, 0xb9, 0xc0
	int3
	.byte	0xf1
	mov	%eax, %ss
	mov	%eax, %ds
	vmcall
	vmmcall
	vmlaunch
	call	*%rax
	call	*(%rax)
	call	*8(%rip)
	lcall	*(%rax)
	call	1f
1:	jmp	1f
1:	.byte	0xe9, 0, 0, 0, 0
	jrcxz	1f
1:	iretq
	lretq
	ret	$8
	rep movsb
	lock incl (%rax)
	lock cmpxchg %rax, (%rdi)
	.byte	0x0f, 0x0b, 0x78, 0x65, 0x6e	/* Xen, emulate this: */
	cpuid
	mov	%rdi, %rax
	mov	%rdi, %rbx
	ret
	int3
endfunction mt_system

/* What may and may not run elsewhere; the moves between keep the windows apart. */
	.macro boost code:vararg
	\code
	mov	%rdi, %rax
	mov	%rdi, %rbx
	.endm

function mt_boost
	fentry
	boost	shl $3, %eax
	boost	shl %cl, %rax
	boost	sar %rax
	boost	.byte 0xc1, 0xf0, 0x03
	boost	not %eax
	boost	neg %rax
	boost	mul %rcx
	boost	div %ecx
	boost	test $1, %eax
	boost	testl $1, (%rax)
	boost	.byte 0xf7, 0xc8, 1, 0, 0, 0
	boost	incb (%rax)
	boost	incl (%rax)
	boost	decq (%rax)
	boost	pushq (%rax)
	boost	sete %al
	boost	cmove %rax, %rbx
	boost	cmpxchg %rax, (%rdi)
	boost	xadd %eax, (%rdi)
	boost	bswap %eax
	boost	movzbl %al, %eax
	boost	imul %rax, %rbx
	boost	imul $3, %rax, %rbx
	boost	bt $3, %eax
	boost	bts %rax, (%rdi)
	boost	popcnt %rax, %rbx
	boost	crc32 %rax, %rbx
	boost	pshufb %xmm0, %xmm1
	boost	movaps %xmm0, %xmm1
	boost	movd %eax, %xmm1
	boost	movq %xmm0, %rax
	boost	vmovdqa %ymm0, %ymm1
	boost	fld1
	boost	xlatb
	boost	.byte 0x2e, 0x89, 0xf8
	boost	.byte 0x3e, 0x89, 0xf8
	boost	.byte 0x67, 0x8b, 0x07
	boost	.byte 0x66, 0x89, 0xf8
	boost	prefetcht0 (%rdi)
	boost	prefetchw (%rdi)
	boost	nopl (%rdi)
	boost	endbr64
	boost	mov %gs:0, %rax
	boost	mov %cr0, %rax
	boost	rep stosq
	boost	pause
	boost	lfence
	boost	rdmsr
	boost	xchg %rax, (%rdi)
	boost	.byte 0x62, 0xf1, 0xfd, 0x48, 0x6f, 0xc8
	boost	leave
	boost	cld
	ret
	int3
endfunction mt_boost

/* A LOCK prefix that a kernel on one processor patches away. */
function mt_lock
	fentry
	mov	%rdi, %rbx
777:	lock xadd %eax, (%rbx)
	.pushsection .smp_locks, "a", @progbits
	.balign	4
	.long	777b - .
	.popsection
	mov	%rdi, %rax
	mov	%rdi, %rcx
	ret
	int3
endfunction mt_lock

/* Too few bytes for a jump. */
function mt_short
	fentry
	nop
	ret
endfunction mt_short
	.globl mt_after
	.type mt_after, @function
mt_after:
	fentry
	ret
	int3
endfunction mt_after

function mt_init, .init.text
	fentry
	mov	%rdi, %rbx
	ret
endfunction mt_init

	.text
	.balign	16, 0xcc
	.globl mt_end
	.type mt_end, @function
mt_end:
	ret
endfunction mt_end

	.section .note.GNU-stack, "", @progbits
