	.text
	nop
	.section .debug_markers, "", @progbits
	.rept 2
	.string "no record"
	.endr
	.section .note.GNU-stack, "", @progbits
