/** Says why tests are skipped; where nothing may be skipped, it is an error instead. */
export function skipAllowed(why: string): void {
  if (process.env['BIMTEK_TEST_NO_SKIP'] === '1') throw new Error(why)
  console.warn(`SKIPPED: ${why}`)
}
