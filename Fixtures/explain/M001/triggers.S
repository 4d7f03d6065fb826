	.text
	nop
	.section .debug_markers, "", @progbits
	.string "mk1\tnet\treceive-skb\tdev.c\t4711\tskb->len"
	.section .note.GNU-stack, "", @progbits
