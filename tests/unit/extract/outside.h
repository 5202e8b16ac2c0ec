struct secret_outside { int x; };
secret_word secret_error;
static inline int outside_function(void) { return 1; }
