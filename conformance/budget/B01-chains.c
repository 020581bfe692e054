/* The image whose stack budgets are proved: the kit, all of it, and nothing else. */
#include "rt.h"

void rtmain(void)
{
}
