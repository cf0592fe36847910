# Laporan: judul kolom dan lembar dari `bimtek export`.

report-sample = DATA CONTOH
report-sample-line = DATA CONTOH: nama dan nomor di sini bukan milik siapa pun

report-number = Nomor
report-state = Status
report-name = Nama
report-position = Jabatan
report-cooperative = Koperasi
report-kelurahan = Kelurahan/Desa
report-kecamatan = Kecamatan
report-kabupaten = Kabupaten/Kota
report-phone = No. HP
report-code = Kode kelas
report-class = Kelas
report-wave = Gelombang
report-track = Bidang
report-registered-at = Terdaftar pada
report-place = Urutan tunggu
report-starts = Mulai
report-venue = Tempat
report-capacity = Kapasitas
report-taken = Terdaftar
report-offered = Ditawarkan
report-waiting = Daftar tunggu
report-pending = Menunggu persetujuan
report-free = Kursi kosong
report-total = Jumlah

report-sheet-registrations = Pendaftaran
report-sheet-totals = Rekap kelas
report-sheet-kabupaten = Kabupaten
report-sheet-kecamatan = Kecamatan
report-sheet-kelurahan = Kelurahan
report-sheet-left = Belum

# Kehadiran
report-no = No
report-session = Sesi { $key }: { SHORTDAY($starts) } { CLOCK($starts) }
report-present-code = ✓ { CLOCK($at) }
report-present-staff = ✓ petugas
report-present-paper = ✓ daftar kertas
report-coming = akan hadir
report-not-coming = tidak hadir (kabar)
report-attended = Hadir
report-attended-of = { $attended } dari { $sessions }
report-percent = Kehadiran (%)
report-outcome = Hasil

# Cakupan
report-places = Jumlah kelurahan/desa
report-no-cooperative = Belum ada koperasi dalam daftar
report-none-of = { $track }: belum
report-part-of = { $track }: sebagian
report-full-of = { $track }: lengkap
report-full-percent = { $track }: lengkap (%)
report-status-of = { $track }: status
report-trained-of = { $track }: sudah selesai
report-left-of = { $track }: belum selesai
report-status-none = belum
report-status-part = sebagian
report-status-full = lengkap
report-track-organisation = Kelembagaan
report-track-business = Usaha dan manajerial
report-trained-person = { $name } ({ $title })
report-trained-person-left = { $name } ({ $title }, sudah berganti)
report-left-person = { $name } ({ $title })
report-left-person-phone = { $name } ({ $title }, { $phone })
report-either = { $first } atau { $second }
report-of-role = { $count ->
    [1] salah satu { $role }
   *[other] { $count } orang { $role }
  }
report-vacant = belum ada dalam daftar
report-vacant-office = { $office }: belum ada dalam daftar
report-left-office = Belum selesai untuk
report-registration = Pendaftaran
report-registration-of = { $state } ({ $code })

# Daftar hadir
report-sign-title = DAFTAR HADIR
report-sign-class = { $title } ({ $code }), Gelombang { $wave }
report-sign-session = Sesi { $key }: { $title }
report-sign-session-speaker = Sesi { $key }: { $title }, narasumber { $speaker }
report-sign-when = { DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB
report-sign-when-days = { DAY($starts) }, pukul { CLOCK($starts) } WIB sampai { DAY($ends) }, pukul { CLOCK($ends) } WIB
report-sign-venue = { $venue }, { $address }
report-sign-code = Yang hadir menulis ke bot: HADIR { $code }
report-signature = Tanda tangan

# Daftar yang perlu ditelepon, karena pengumuman tidak sampai

call-sheet = Perlu ditelepon
call-sheet-places = Jumlah per kelurahan
call-tel = Telepon
call-whatsapp = WhatsApp
call-why = Mengapa
call-count = Jumlah orang
