/* error: attribute 'nosplit' applies to functions only */
void (*f)(void) __attribute__((nosplit));
