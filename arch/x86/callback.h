/* cgocallback for amd64 and 386, which differ in names. The arch defines
 *	AX SP BP	registers
 *	OWN		what foreign code wants preserved, and g is in here
 *	FN, ARG		operands: the arguments
 *	SETG		makes OWN the running g
 *	KEEP, BACK	keep the arguments over a call, with the stack aligned
 * void cgocallback(void (*fn)(void *), void *arg). Foreign code calls it on g0's stack;
 * g0 comes from thread-local storage; on a thread that is not the runtime's it is nil,
 * and needm gives it one. BP stays on that stack; OWN g0, then the
 * goroutine; AX scratch. */
	TEXT cgocallback, CallbackFrame
	push %BP
	.cfi_adjust_cfa_offset PtrSize
	.cfi_rel_offset BP, 0
	mov %SP, %BP
	.cfi_def_cfa_register BP
	push %OWN
	.cfi_offset OWN, -3*PtrSize
	LOADG(%OWN)
	test %OWN, %OWN
	jz 2f
1:	push g_sched+gobuf_sp(%OWN) /* struct callback */
	push ARG
	push FN
	mov %SP, g_sched+gobuf_sp(%OWN)
	mov g_m(%OWN), %AX
	mov m_curg(%AX), %AX
	test %AX, %AX
	jz 3f
	mov %AX, %OWN
	SETG
	mov g_sched+gobuf_sp(%OWN), %AX
	SWITCH lea -CallbackFrame(%AX), %SP
	call cgocallbackg
	lea CallbackFrame(%SP), %AX /* as asmcgocall left them, for the next one */
	mov %AX, g_sched+gobuf_sp(%OWN)
	mov -PtrSize(%AX), %AX
	mov %AX, g_sched+gobuf_pc(%OWN)
	mov g_m(%OWN), %AX
	mov m_g0(%AX), %OWN
	SETG
	mov callback_oldsp-4*PtrSize(%BP), %AX
	mov %AX, g_sched+gobuf_sp(%OWN)
	test $ForeignSp, %AX
	jnz 4f
5:	mov -PtrSize(%BP), %OWN
	leave
	.cfi_remember_state
	.cfi_def_cfa SP, PtrSize
	ret
	.cfi_restore_state
2:	KEEP
	call needm
	BACK
	LOADG(%OWN)
	jmp 1b
4:	lea -5*PtrSize(%BP), %SP
	call dropm
	jmp 5b
3:	call cgocallbackg /* no goroutine: it says so */
	ud2
	END cgocallback
