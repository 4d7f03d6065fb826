	.text
	nop
	.section .debug_markers, "", @progbits
	.rept 5000
	.string "no record"
	.endr
	.section .note.GNU-stack, "", @progbits
