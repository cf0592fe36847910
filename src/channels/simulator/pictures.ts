/** Pictures as SVG, drawn for this page: no icon font, no emoji font, nothing loaded from elsewhere. */

const line =
  'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

/** Drawn on 24 × 24. */
const drawings = {
  back: `<path ${line} d="M20 12H4m7-7-7 7 7 7"/>`,
  down: `<path ${line} d="m6 9 6 6 6-6"/>`,
  search: `<g ${line}><circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/></g>`,
  send: '<path fill="currentColor" d="M3 20.5 21.5 12 3 3.5v6.6L15 12 3 13.9z"/>',
  attach: `<path ${line} d="m20 11.5-8.4 8.4a5.2 5.2 0 0 1-7.4-7.4l8.5-8.4a3.5 3.5 0 0 1 5 4.9l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5l7.8-7.7"/>`,
  voice: `<g ${line}><path fill="currentColor" d="M12 3.5a2.7 2.7 0 0 1 2.7 2.7v5.3a2.7 2.7 0 0 1-5.4 0V6.2A2.7 2.7 0 0 1 12 3.5z"/><path d="M6 11.5a6 6 0 0 0 12 0M12 17.5v3"/></g>`,
  picture: `<g ${line}><rect x="3.5" y="5" width="17" height="14" rx="2"/><path d="m4 17 5-5 4 4 2.5-2.5L20 18"/><circle cx="15.5" cy="9.3" r="1.2"/></g>`,
  sticker: `<g ${line}><path d="M20 13V6.5A2.5 2.5 0 0 0 17.5 4h-11A2.5 2.5 0 0 0 4 6.5v11A2.5 2.5 0 0 0 6.5 20H13zM13 20v-4.5a2.5 2.5 0 0 1 2.5-2.5H20"/><path d="M8.5 9.5v.6M15 9.5v.6M8.8 13a3.6 3.6 0 0 0 3 1.5"/></g>`,
  contact: `<g ${line}><circle cx="12" cy="8" r="3.7"/><path d="M4.8 20a7.2 7.2 0 0 1 14.4 0"/></g>`,
  document: `<g ${line}><path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6M9 16h6"/></g>`,
  place: `<g ${line}><path d="M12 21s-7-6.2-7-11.3a7 7 0 0 1 14 0C19 14.8 12 21 12 21z"/><circle cx="12" cy="9.7" r="2.3"/></g>`,
  play: '<path fill="currentColor" d="M7 4.5v15l13-7.5z"/>',
  book: `<path ${line} d="M12 6.5C9.5 4.7 6.5 4.5 3.5 5v13.5c3-.5 6-.3 8.5 1.5 2.5-1.8 5.5-2 8.5-1.5V5c-3-.5-6-.3-8.5 1.5zm0 0V20"/>`,
  waiting: `<g ${line}><circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/></g>`,
  sent: `<path ${line} d="m5 12.5 4.5 4.5L19 7"/>`,
  delivered: `<path ${line} d="m2 12.5 4.5 4.5L16 7m-4.5 9 1 1L22 7"/>`,
  refused: `<g ${line}><circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5m0 3v.2"/></g>`,
}

/** All icons once, hidden in the page; the page shows one by its name. */
export const iconSprite = `<svg class="sprite" aria-hidden="true">${Object.entries(drawings)
  .map(([name, drawing]) => `<symbol id="i-${name}" viewBox="0 0 24 24">${drawing}</symbol>`)
  .join('')}</svg>`

/** One icon of the sprite; a label beside it says what it means. */
export function icon(name: string): string {
  return `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`
}

export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#008069" d="M16 2a14 14 0 1 1-6.8 26.3L2.5 30l1.7-6.6A14 14 0 0 1 16 2z"/><path fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round" d="M16 11.5c-2.3-1.6-5-1.7-7.5-1.3v11c2.5-.4 5.2-.3 7.5 1.3 2.3-1.6 5-1.7 7.5-1.3v-11c-2.5-.4-5.2-.3-7.5 1.3zm0 0v11"/></svg>`

/** Boat, waves, house, book, coin, palm, cup and pencil, faint: the islands and their cooperatives. */
export const wallpaper = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240"><g fill="none" stroke="#a99e8c" stroke-opacity=".28" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
<path d="M18 42h40l-7 12H25zM36 42V16l16 22H36M32 38V24L22 38z"/>
<path d="M92 30q6-7 12 0t12 0 12 0M92 39q6-7 12 0t12 0 12 0"/>
<path d="M166 50V32l17-14 17 14v18zm12 0V38h10v12"/>
<path d="M32 104c6-3 12-3 17 1 5-4 11-4 17-1v24c-6-3-12-3-17 1-5-4-11-4-17-1zm17 1v24"/>
<circle cx="112" cy="96" r="13"/><circle cx="112" cy="96" r="8"/><path d="M118 79a13 13 0 0 1 10 22"/>
<path d="M186 134c-2-14 0-26 4-36m0 0c-7-8-16-7-20 0m20 0c-4-9 1-17 9-18m-9 18c6-7 16-5 19 3m-19-3c8-1 13 5 12 13"/>
<path d="M92 150h24v14a9 9 0 0 1-9 9h-6a9 9 0 0 1-9-9zm24 4h5a4 4 0 0 1 0 9h-5M99 144q-3-4 0-7m9 7q-3-4 0-7"/>
<path d="m26 182 22-22 8 8-22 22-11 3zm17-17 8 8"/>
<path d="M160 168h38a5 5 0 0 1 5 5v16a5 5 0 0 1-5 5h-24l-9 8v-8h-5a5 5 0 0 1-5-5v-16a5 5 0 0 1 5-5zm8 9h22m-22 8h14"/>
<path d="M84 214q6-7 12 0t12 0 12 0 12 0M22 222l4 4 8-9M218 74l3 6 6 1-4 5 1 6-6-3-6 3 1-6-4-5 6-1zM148 20l3 3m-3 0 3-3M72 76l3 3m-3 0 3-3M222 222l3 3m-3 0 3-3M140 122l3 3m-3 0 3-3"/>
</g></svg>`
