	.text
	nop
	.section .debug_markers, "", @progbits
	.ascii "mk1\tnet\trx\tdev.c\t4711"
	.rept 128
	.ascii "\tlength"
	.endr
	.byte 0
	.section .note.GNU-stack, "", @progbits
