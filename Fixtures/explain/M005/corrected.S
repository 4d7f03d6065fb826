	.text
	nop
	.section .debug_markers, "", @progbits
	.string "mk1\tnet\trx\tdev.h\t11\tlength"
	.string "mk1\tnet\trx\tdev.h\t12\tlength\tstate"
	.section .note.GNU-stack, "", @progbits
