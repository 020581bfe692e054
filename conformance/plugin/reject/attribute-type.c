/* error: attribute 'nosplit' applies to functions only */
struct s {
	int a;
} __attribute__((nosplit));
