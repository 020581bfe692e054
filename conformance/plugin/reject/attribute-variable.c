/* error: attribute 'nosplit' applies to functions only */
int x __attribute__((nosplit));
