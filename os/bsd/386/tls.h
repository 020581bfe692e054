/* The thread pointer; the ABI keeps it there, too, and g lies in the word below. */
static inline NOSPLIT void *bsd_tls(struct m *mp)
{
	mp->tls[1] = (uintptr_t)&mp->tls[1];
	return &mp->tls[1];
}
