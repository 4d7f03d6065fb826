/* A module's function with a pointer between its instructions, as a switch or a literal makes it. */
	.syntax unified
	.arch armv7-a
	.arm
	.text
	.globl mt_pointer
	.type mt_pointer, %function
mt_pointer:
	push	{lr}
777:	bl	__gnu_mcount_nc
	.pushsection __mcount_loc, "a", %progbits
	.long	777b
	.popsection
	ldr	r0, 778f
	movne	r0, #1
	bx	lr
778:	.long	mt_pointer + 8
	.size mt_pointer, . - mt_pointer
	.section .note.GNU-stack, "", %progbits
