import { inflateRawSync } from 'node:zlib'
import { UnreadableFile } from './file.ts'

/** A workbook has some ten parts, with pictures and many sheets some hundred. */
const mostEntries = 2_000

const damaged = () => new UnreadableFile('the file is damaged; open it in Excel and save it anew as .xlsx')
const tooLarge = (limit: number) =>
  new UnreadableFile(
    `the spreadsheet holds more than ${Math.round(limit / 2 ** 20)} MB when unpacked; save it as CSV`,
  )

const signature = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 }
const lengthOf = { local: 30, entry: 46, end: 22 }
/** The end record may be followed by a comment. */
const longestComment = 0xffff

/**
 * The files in a zip archive whose names `wanted` names, unpacked. Stops as soon as all together are larger than
 * `limit`, whatever the archive says of itself.
 */
export function unzip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limit: number,
): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = new Map<string, Buffer>()
  let left = limit
  for (const entry of directory(zip)) {
    if (!wanted(entry.name)) continue
    const content = unpack(zip, entry, left, limit)
    left -= content.length
    files.set(entry.name, content)
  }
  return files
}

type Entry = { name: string; method: number; size: number; at: number }

function directory(zip: Buffer): Entry[] {
  const end = endRecord(zip)
  const count = zip.readUInt16LE(end + 10)
  if (count > mostEntries) throw damaged()
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + lengthOf.entry > zip.length || zip.readUInt32LE(at) !== signature.entry) throw damaged()
    if (zip.readUInt16LE(at + 8) & 1)
      throw new UnreadableFile('the file is protected by a password; save it without one')
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    entries.push({
      name: zip.toString('utf8', at + lengthOf.entry, at + lengthOf.entry + nameLength),
      ...{
        method: zip.readUInt16LE(at + 10),
        size: zip.readUInt32LE(at + 20),
        at: zip.readUInt32LE(at + 42),
      },
    })
    at += lengthOf.entry + nameLength + extra + comment
  }
  return entries
}

function endRecord(zip: Buffer): number {
  const first = Math.max(0, zip.length - lengthOf.end - longestComment)
  for (let at = zip.length - lengthOf.end; at >= first; at--)
    if (zip.readUInt32LE(at) === signature.end) return at
  throw damaged()
}

function unpack(zip: Buffer, { method, size, at }: Entry, left: number, limit: number): Buffer {
  if (at + lengthOf.local > zip.length || zip.readUInt32LE(at) !== signature.local) throw damaged()
  const start = at + lengthOf.local + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
  const packed = zip.subarray(start, start + size)
  if (packed.length < size) throw damaged()
  if (method === 0 && size > left) throw tooLarge(limit)
  if (method === 0) return packed
  if (method !== 8) throw damaged()
  if (left < 1) throw tooLarge(limit)
  try {
    return inflateRawSync(packed, { maxOutputLength: left })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : damaged()
  }
}

/** An archive of these files, without compression or checksums: for the reader of the same process. */
export function zipStored(files: Map<string, Buffer>): Buffer {
  const [body, entries]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, content] of files) {
    const named = Buffer.from(name)
    const local = Buffer.alloc(lengthOf.local)
    local.writeUInt32LE(signature.local, 0)
    local.writeUInt32LE(content.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(named.length, 26)
    const entry = Buffer.alloc(lengthOf.entry)
    entry.writeUInt32LE(signature.entry, 0)
    entry.writeUInt32LE(content.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(named.length, 28)
    entry.writeUInt32LE(at, 42)
    body.push(local, named, content)
    entries.push(entry, named)
    at += lengthOf.local + named.length + content.length
  }
  const directoryBytes = Buffer.concat(entries)
  const end = Buffer.alloc(lengthOf.end)
  end.writeUInt32LE(signature.end, 0)
  end.writeUInt16LE(files.size, 8)
  end.writeUInt16LE(files.size, 10)
  end.writeUInt32LE(directoryBytes.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...body, directoryBytes, end])
}
