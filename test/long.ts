/** Whether the long versions of tests run: `npm run test:long`. */
export const longTest = process.env['BIMTEK_TEST_LONG'] === '1'
