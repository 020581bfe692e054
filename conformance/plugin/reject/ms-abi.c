/* error: function 'f' cannot split the stack: Microsoft calling convention (ms_abi) */
/* arch: amd64 */
__attribute__((ms_abi)) int f(int a)
{
	return a;
}
