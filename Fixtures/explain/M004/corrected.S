	.text
	nop
	.section .debug_markers, "", @progbits
	.string "mk1\tnet\trx\tdev.c\t4711"
	.string "mk1\tnet\tsecond\tdev.c\t4711"
	.section .note.GNU-stack, "", @progbits
