/* For arch/X/morestack.S: the named entries of a split prologue. The arch defines
 *	LOAD(value)	puts value into the packed register
 *	SHIFT		moves frame / 16 in it to its place
 *	GO		jumps to __morestack
 */
	.macro ENTRY name, bytes
	TEXT \name, CallSize
	LOAD(\bytes / PtrSize)
	GO
	END \name
	.endm

	ENTRY morestack8, 8
	ENTRY morestack16, 16
	ENTRY morestack24, 24
	ENTRY morestack32, 32
	ENTRY morestack40, 40
	ENTRY morestack48, 48

	TEXT morestack10, CallSize
	SHIFT
	GO
	END morestack10

	TEXT morestack01, CallSize
	GO
	END morestack01

	TEXT morestack11, CallSize
	GO
	END morestack11

	TEXT morestack00, CallSize
	LOAD(0)
	END morestack00 /* falls through: __morestack follows, unaligned */
