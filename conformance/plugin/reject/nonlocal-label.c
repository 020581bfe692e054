/* error: nonlocal */
void call(void (*)(void));
int f(void)
{
	__label__ out;
	void leave(void)
	{
		goto out;
	}
	call(leave);
	return 0;
out:
	return 1;
}
