import { say } from '../../texts.ts'
import { type Answer, menu } from '../reply.ts'
import { callsOff, handOverReply, officePart, staffOffer } from '../to-staff.ts'

/** Asks for something of the office, rather than for a person to answer here. */
const asksAboutOffice =
  /\b(buka|tutup|jam (kerja|pelayanan|buka|layanan|operasional)|sampe jam|sampai jam|alamat|email|surel|nomor|nombor|nomer|nmr|no hp|no wa|call cent(er|re)|office hours?|phone number|address)\b|\bkantor\w*\b.*\b(di ?mana|dmn|kat mane)\b/i
const wantsPerson = /\b(sambung\w*|bicara|ngomong|cakap|bercakap|talk|speak)\b/i

/** Hands over to a person of the office; what is asked about the office itself is answered, and a person offered. */
export const contactStaff: Answer = async (turn) => {
  if (callsOff(turn.text)) return { parts: [say('staff-declined')], choices: menu }
  if (!asksAboutOffice.test(turn.text) || wantsPerson.test(turn.text))
    return await handOverReply(turn, 'wish')
  if (turn.contact.group || turn.handOver) return { parts: [say('office-known'), officePart(turn)] }
  const offer = staffOffer(say('office-known'), 'wish')
  return { ...offer, parts: [...offer.parts, officePart(turn), say('office-offer')] }
}
