	.text
	nop
	.section .debug_markers, "", @progbits
	.ascii "mk1\tnet\trx\tdev.c\t4711\t"
	.fill 7000, 1, 0x61
	.byte 0
	.section .note.GNU-stack, "", @progbits
