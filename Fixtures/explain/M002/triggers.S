	.text
	nop
	.section .debug_markers, "", @progbits
	.ascii "mk1\tnet\trx\tdev.c\t4711"
	.section .note.GNU-stack, "", @progbits
