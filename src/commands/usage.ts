/** The command line was used wrongly: the program ends with 2 instead of 1. */
export class UsageError extends Error {}
