/* linux. Signals run on their own stack. */
#define StackSystem 0
