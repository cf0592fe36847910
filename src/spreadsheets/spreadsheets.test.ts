import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellText, readRows, UnreadableFile } from './read.ts'
import { writeXlsx } from './write.ts'
import { readXlsx, xlsxLimits } from './xlsx.ts'
import { unzip, zipStored } from './zip.ts'

const all = async (bytes: Uint8Array | string, known = (cells: string[]) => cells.length) => {
  const rows: string[][] = []
  const source = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  for await (const { cells } of readRows(source, { name: 'csv', knownHeadings: known }))
    rows.push(cells.map(cellText))
  return rows
}

const sheetXml = (rows: string, after = '') =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${after}</worksheet>`

/** A workbook with another sheet in the place of its first. */
async function workbook(rows: string, after = ''): Promise<Buffer> {
  const parts = unzip(await writeXlsx([{ name: 'a', headings: ['x'], rows: [] }]), () => true, 2 ** 30)
  parts.set('xl/worksheets/sheet1.xml', Buffer.from(sheetXml(rows, after)))
  return zipStored(parts)
}

describe('a CSV file', () => {
  it.each([
    [
      'commas',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'semicolons and commas',
      'a;b\n"1,5";2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quoted ends of lines',
      'a,b\n"1\n2",3',
      [
        ['a', 'b'],
        ['1 2', '3'],
      ],
    ],
    [
      'a stray quotation mark',
      'a,b\n"x,y\nz,w',
      [
        ['a', 'b'],
        ['"x', 'y'],
        ['z', 'w'],
      ],
    ],
    ['rows of all lengths', 'a,b\n1\n1,2,3', [['a', 'b'], ['1'], ['1', '2', '3']]],
    ['nothing', '', []],
    [
      'a lone quotation mark, which means "as above"',
      'a,b,c\n1,2,3\n",",4\r\n5,6,"\n"x,",y,z',
      [
        ['a', 'b', 'c'],
        ['1', '2', '3'],
        ['"', '"', '4'],
        ['5', '6', '"'],
        ['x,', 'y', 'z'],
      ],
    ],
  ])('may have %s', async (_, text, rows) => {
    expect(await all(text)).toEqual(rows)
  })

  it('is Windows-1252 if one byte of it is no UTF-8, however late', async () => {
    const text = `nama\n${'Siti\n'.repeat(100_000)}José`
    expect((await all(Buffer.from(text, 'latin1'))).at(-1)).toEqual(['José'])
    expect((await all(Buffer.from(text))).at(-1)).toEqual(['José'])
  })

  it('keeps characters whole that lie across two chunks', async () => {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs')
    const folder = mkdtempSync('/tmp/bimtek-csv-')
    writeFileSync(`${folder}/a.csv`, `a\n${'é'.repeat(400_000)}x`)
    const rows: string[] = []
    const source = `${folder}/a.csv`
    for await (const { cells } of readRows(source, { name: '', knownHeadings: () => 0 }))
      rows.push(cellText(cells[0]))
    rmSync(folder, { recursive: true })
    expect(rows[1]).toBe(`${'é'.repeat(400_000)}x`)
  })
})

describe('a workbook', () => {
  const sheets = [
    {
      name: 'Satu & dua',
      headings: ['nama', 'nilai'],
      rows: [
        ['=1+1', '0812'],
        ['+62 812', '@x'],
        ['-5', '=HYPERLINK("http://x")'],
        ['baris\nbaru & <b>', 81234567890],
        [null, new Date(Date.UTC(2026, 11, 5, 8))],
      ],
    },
    { name: 'Tiga/empat', headings: ['x'], rows: [] },
  ]

  it('comes back as it was written, sheet by sheet', async () => {
    const read = await readXlsx(await writeXlsx(sheets))
    expect(read.map(({ name }) => name)).toEqual(['Satu & dua', 'Tiga empat'])
    expect(read[0]?.rows).toEqual([sheets[0]?.headings, ...(sheets[0]?.rows ?? [])])
  })

  it('never holds a formula', async () => {
    const parts = unzip(await writeXlsx(sheets), () => true, 2 ** 30)
    const xml = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? ''
    expect(xml).not.toMatch(/<f\b/)
    expect(xml).not.toMatch(/t="str"/)
    expect(parts.get('xl/sharedStrings.xml')?.toString()).toContain('=1+1')
  })

  it('has names that Excel takes, however alike they are', async () => {
    const long = 'x'.repeat(40)
    const names = [long, long, 'Kelas', 'KELAS', ''].map((name) => ({ name, headings: ['a'], rows: [] }))
    const read = await readXlsx(await writeXlsx(names))
    expect(read.map(({ name }) => name)).toEqual([
      ...['x'.repeat(31), `${'x'.repeat(27)} (2)`, 'Kelas', 'KELAS (2)', 'Sheet'],
    ])
  })

  it('has lines above its heading, a filter on it, and a page of paper, in the order that Excel wants', async () => {
    const sheet = {
      ...{ name: "Kelas 'A' & B", title: ['=Judul', '', 'baris'], headings: ['no', 'tanda tangan', ''] },
      rows: [[1, 'x', null]],
      ...{ filter: true, paper: { rowHeight: 30 }, dates: 'd/m/yyyy' },
    }
    const bytes = await writeXlsx([{ name: 'a', headings: ['x'], rows: [] }, sheet])
    const [, read] = await readXlsx(bytes)
    expect(read?.rows.map((cells) => cells[0])).toEqual(['=Judul', null, 'baris', 'no', 1])
    const parts = unzip(bytes, () => true, 2 ** 30)
    const xml = parts.get('xl/worksheets/sheet2.xml')?.toString() ?? ''
    const tags = [
      'sheetPr',
      'cols',
      'sheetData',
      'autoFilter',
      'mergeCells',
      'pageMargins',
      'pageSetup',
      'headerFooter',
    ]
    const places = tags.map((tag) => xml.indexOf(`<${tag}`))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(xml).toContain('<autoFilter ref="A4:C5"/>')
    expect(xml).toContain('<mergeCell ref="B4:C4"/>')
    const workbook = parts.get('xl/workbook.xml')?.toString()
    expect(workbook).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="1">'Kelas ''A'' &amp; B'!$4:$4</definedName>`,
    )
    expect(parts.get('xl/worksheets/sheet1.xml')?.toString()).not.toMatch(/autoFilter|pageSetup/)
  })

  it('with more rows than Excel takes is refused', async () => {
    const rows = new Array(2 ** 20).fill([])
    await expect(writeXlsx([{ name: 'a', headings: ['x'], rows }])).rejects.toThrow(
      'more than the 1048576 rows',
    )
  })

  it('has its merged cells filled down', async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
    const rows = `<row r="1">${cell('A1', 'Sadai')}${cell('B1', 'a')}</row><row r="2">${cell('B2', 'b')}</row><row r="4">${cell('B4', 'd')}</row>`
    const bytes = await workbook(rows, '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    expect((await readXlsx(bytes))[0]?.rows).toEqual([
      ['Sadai', 'a'],
      ['Sadai', 'b'],
      [null, null],
      [null, 'd'],
    ])
  })

  it('may have a million rows of formats only', async () => {
    const empty = '<row r="5" s="1"><c r="A5" s="1"/></row><row r="1048576" s="1"/>'
    const bytes = await workbook(`<row r="1"><c r="A1"><v>7</v></c></row>${empty}`)
    expect((await readXlsx(bytes))[0]?.rows).toEqual([[7]])
  })
})

/** Packs a file as a zip archive that says of itself what one likes. */
function packed(name: string, content: Buffer, size = content.length): Buffer {
  const data = deflateRawSync(content)
  const zip = zipStored(new Map([[name, data]]))
  zip.writeUInt16LE(8, 8)
  const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  zip.writeUInt16LE(8, entry + 10)
  zip.writeUInt32LE(size, entry + 24)
  return zip
}

describe('a zip bomb', () => {
  it('is refused by what it unpacks to, whatever it says of itself', async () => {
    const bomb = packed('xl/workbook.xml', Buffer.alloc(xlsxLimits.unpackedBytes + 1), 10)
    expect(bomb.length).toBeLessThan(200_000)
    await expect(readXlsx(bomb)).rejects.toThrow('more than 128 MB when unpacked; save it as CSV')
  })

  it.each([
    ['a row far below', '<row r="9999999"><c r="A9999999"><v>1</v></c></row>', /more than 100000 rows/],
    ['a column far right', '<row r="1"><c r="ZZZ1"><v>1</v></c></row>', /more than 500 columns/],
    ['rows times columns', '<row r="90000"><c r="DD90000"><v>1</v></c></row>', /more than 3000000 cells/],
    ['a hidden number of a row', '<row r="&#57;99999999"><c><v>1</v></c></row>', /damaged/],
    ['a number of a row with spaces', "<row r = '9999999'><c><v>1</v></c></row>", /more than 100000 rows/],
  ])('is refused for %s', async (_, rows, message) => {
    await expect(readXlsx(await workbook(rows))).rejects.toThrow(message)
  })

  it('is refused by the size of the file', async () => {
    await expect(readXlsx(Buffer.alloc(xlsxLimits.fileBytes + 1))).rejects.toThrow('larger than 20 MB')
  })

  it.each([
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /old Excel file/],
    ['another archive', zipStored(new Map([['a.txt', Buffer.from('a')]])), /no Excel workbook/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /no table/],
  ])('is not the only thing refused: %s', async (_, bytes, message) => {
    await expect(all(bytes)).rejects.toThrow(message)
  })
})

describe('any bytes', () => {
  const outcome = async (bytes: Uint8Array) => {
    try {
      return await all(bytes)
    } catch (error) {
      if (error instanceof UnreadableFile) return error.message
      throw error
    }
  }

  it('are rows, or one clear sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await outcome(bytes)).toBeDefined()
      }),
      { numRuns: 300 },
    )
  })

  it('are, as an archive, as a damaged workbook, and with any XML in it', async () => {
    const good = await writeXlsx([{ name: 'a', headings: ['nama'], rows: [['Siti']] }])
    const names = [...unzip(good, () => true, 2 ** 30).keys()]
    const flip = fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 5 }), async (flips) => {
        const bytes = Buffer.from(good)
        for (const { at, to } of flips) bytes[at] = to
        expect(await outcome(bytes)).toBeDefined()
      }),
      { numRuns: 200 },
    )
    const piece = fc.constantFrom(
      '<row r="1">',
      '</row>',
      '<c r="A1" t="s">',
      '</c>',
      '<v>',
      '9',
      '</v>',
      '<',
      '&',
      'x',
      '</sheetData>',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(piece, { maxLength: 12 }),
        async (name, pieces) => {
          const parts = unzip(good, () => true, 2 ** 30)
          parts.set(name, Buffer.from(sheetXml(pieces.join(''))))
          expect(await outcome(zipStored(parts))).toBeDefined()
        },
      ),
      { numRuns: 300 },
    )
  })
})
