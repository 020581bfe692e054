/* error: but pointers have 4 bytes */
/* arch: amd64 */
/* flags: -m32 */
int x;
