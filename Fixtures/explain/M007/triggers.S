	.text
	nop
	.section .debug_markers, "", @progbits
	.string "a string"
	.section .note.GNU-stack, "", @progbits
