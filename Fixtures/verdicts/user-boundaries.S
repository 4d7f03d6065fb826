/* Functions that begin with an instruction of five bytes, with and without the sizes of their symbols. */
	.text
	.globl	sized, unsized, last
	.type	sized, @function
sized:	mov	$1, %eax
	ret
	.size	sized, . - sized

	.type	unsized, @function
unsized:
	mov	$2, %eax
	ret

	.type	last, @function
last:	mov	$3, %eax
	ret
	.section .note.GNU-stack, "", @progbits
