	.text
	nop
	.section .debug_markers, "", @progbits
	.string "mk1\tnet\trx\tdev.c\t4711\tlength\t@since=6.12"
	.section .note.GNU-stack, "", @progbits
