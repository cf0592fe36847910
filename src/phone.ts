import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** Numbers of the sample programme: no operator hands out 000, so they belong to nobody. */
export const samplePrefix = '+62000'

/** What the database's CHECK demands of a number. */
const e164 = /^\+[1-9][0-9]{6,14}$/

/** Whether a number in E.164 belongs to a sample person. */
export function isSamplePhone(phone: string): boolean {
  return phone.startsWith(samplePrefix)
}

/**
 * A phone number as people write it, in E.164; an Indonesian one needs no country code, nor its leading 0.
 * Undefined when it is none.
 * @example parsePhone('0812-3456-7890') === '+6281234567890'
 */
export function parsePhone(text: string): string | undefined {
  const written = text
    .normalize('NFKC')
    .trim()
    .replace(/^00(?=[1-9])/, '+')
  const sample = /^\+?62000\d{8}$/.exec(written.replace(/[\s().-]/g, ''))
  if (sample) return `+${sample[0].replace('+', '')}`
  if (/[^\d\s+().\-/]/.test(written)) return undefined
  const parsed = parsePhoneNumberFromString(written, 'ID')
  return parsed?.isValid() && e164.test(parsed.number) ? parsed.number : undefined
}

/** A number in E.164 as people in Indonesia write it: `0812-3456-7890`. */
export function readablePhone(phone: string): string {
  const parsed = isSamplePhone(phone) ? undefined : parsePhoneNumberFromString(phone)
  if (!parsed) return phone
  return parsed.countryCallingCode === '62' ? parsed.formatNational() : parsed.formatInternational()
}
