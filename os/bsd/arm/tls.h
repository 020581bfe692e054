/* The thread pointer; g lies behind the two words that the ABI reserves there. */
static inline NOSPLIT void *bsd_tls(struct m *mp)
{
	return &mp->tls[0];
}
