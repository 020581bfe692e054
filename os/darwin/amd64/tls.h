/* The thread pointer: see G_OPERAND. */
static inline NOSPLIT void *bsd_tls(struct m *mp)
{
	return (char *)&mp->tls[0] - 0x8a0;
}
