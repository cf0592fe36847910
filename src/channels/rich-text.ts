import { boldMark } from '../texts.ts'

/** The text without any formatting. */
export function toPlain(rich: string): string {
  return rich.replaceAll(boldMark, '')
}

export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
}

/** HTML in which everything is escaped but the bold parts, as `<b>`; always balanced. */
export function toHtml(rich: string): string {
  return rich
    .split(boldMark)
    .map((piece, index) => (index % 2 === 1 && piece ? `<b>${escapeHtml(piece)}</b>` : escapeHtml(piece)))
    .join('')
}
