/* What the stack analyzer is told: every function and what it is (kind 4), and whose body
 * a slow path is (kind 11). */
/* levels: -O0 -O2 */
/* note all leaf: 4 0 2 */
/* note all nosplit: 4 0 3 */
/* note all split: 4 0 1 */
/* note amd64,386 split.split: 4 0 3; 11 split 0 */
/* note arm split.split: none */
/* note all renamed: none */
/* note all other_name: 4 0 2 */
/* note all declared: none */
void declared(void);
int leaf(int a) { return a + 1; }
__attribute__((nosplit)) void nosplit(void) { declared(); }
int split(int a) { declared(); return a; }
int renamed(int a) __asm__("other_name");
int renamed(int a) { return a + 2; }
