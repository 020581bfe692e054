/* error: wrong number of arguments specified for 'nosplit' attribute */
__attribute__((nosplit(1))) void f(void)
{
}
