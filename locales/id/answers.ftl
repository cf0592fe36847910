# Jawaban satu giliran.

introduction =
    Saya *asisten Bimtek Koperasi Kepri*, mesin penjawab otomatis untuk pengurus, pengawas, dan manajer koperasi.
    Saya bisa menjawab soal jadwal dan tempat Bimtek, mendaftarkan Bapak/Ibu, dan mengingatkan menjelang hari pelaksanaan. Silakan tulis pertanyaannya.
greet = Halo, Bapak/Ibu.
greet-salam = Waalaikumsalam, Bapak/Ibu.
greet-again = Ada yang bisa saya bantu soal Bimtek?
thank = Sama-sama, Bapak/Ibu. Kalau ada pertanyaan lagi, tulis saja di sini.
goodbye = Baik, Bapak/Ibu. Sampai jumpa di Bimtek.
affirm-nothing = Siap, Bapak/Ibu. Ada yang lain yang bisa saya bantu?
deny-nothing = Baik, Bapak/Ibu. Ada yang lain yang bisa saya bantu?
nothing-open = Tidak ada yang sedang berjalan. Kalau mau membatalkan pendaftaran Bimtek, tulis “batalkan pendaftaran saya”.
speaker-now = Baik, sekarang saya berbicara dengan *{ $name }*. Ada yang bisa saya bantu?
consent-given = Terima kasih, persetujuannya saya catat. Ada yang bisa saya bantu?
help =
    Yang bisa saya bantu:
    • *Jadwal* – misalnya “gelombang 3 kapan?”
    • *Tempat* dan cara ke sana – “tempatnya di mana?”
    • *Materi, kursi, syarat, uang transport* – “materinya apa?”, “masih ada kursi?”
    • *Mendaftar* – “saya mau daftar”
    • *Jadwal dan status saya* – “jadwal saya kapan?”
    • *Pengganti dan rekan* – “saya digantikan bendahara kami”, “daftarkan bendahara kami”
    • *Membatalkan* – “batalkan pendaftaran saya”

    Tulis STOP kalau tidak ingin dikirimi pesan, MULAI untuk menyambung lagi.
bot-identity = Saya mesin penjawab otomatis (bot), bukan orang. Jawaban saya diambil dari data jadwal dan pendaftaran Bimtek milik kantor.
not-understood = Maaf, saya belum menangkap maksudnya. Coba tulis dengan kata lain, atau pilih salah satu:
out-of-scope = Maaf, itu di luar yang saya tahu. Saya hanya bisa membantu soal Bimtek koperasi: jadwal, tempat, dan pendaftaran.

# Jadwal

schedule-empty = Saat ini belum ada jadwal Bimtek yang dimasukkan kantor. Silakan tanya lagi nanti.
schedule-none-there = Untuk itu tidak saya temukan Bimtek di jadwal.
schedule-head = Saya temukan { $count } kelas:
schedule-own = Untuk jabatan dan wilayah Bapak/Ibu:
schedule-others = Kelas lainnya: { $codes }.
schedule-ask = Tulis kode kelasnya untuk melihat rinciannya.
waves-head = Gelombang Bimtek yang ada:
waves-ask = Mau lihat gelombang yang mana?
wave-unknown = Gelombang { $wave } tidak ada di jadwal.
wave-head = *Gelombang { $wave }* – { $title }
wave-opens = Pendaftaran dibuka { DAY($opens) } pukul { CLOCK($opens) } WIB.
wave-open = Pendaftaran *sedang dibuka* sampai { DAY($closes) } pukul { CLOCK($closes) } WIB.
wave-closed = Pendaftaran sudah ditutup { DATE($closes) }.
wave-classes = { $count } kelas, { SHORTDAY($starts) } s.d. { SHORTDAY($ends) }.
list-line-day = • *{ $code }* { $title }: { SHORTDAY($starts) }, { $venue }
list-line-days = • *{ $code }* { $title }: { SHORTDAY($starts) } – { SHORTDAY($ends) }, { $venue }
list-line-no-date = • *{ $code }* { $title }: tanggal belum ditetapkan
training-head = *{ $title }* ({ $code })
training-track = Bidang { track-name }
training-one-day = 🗓 { DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB
training-days = 🗓 { DAYMONTH($starts) } s.d. { DAY($ends) }, mulai pukul { CLOCK($starts) } WIB
training-no-date = 🗓 Tanggalnya belum ditetapkan.
training-place = 📍 { $venue }
training-place-address = 📍 { $venue }, { $address }
session-day = 🗓 { DAY($starts) }
session-line = • pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB: { $title }
session-line-speaker = • pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB: { $title } ({ $speaker })
agenda-choose = Ada { $count } kelas, materinya tidak sama. Materi kelas yang mana?

# Tempat

location-one = { $count ->
    [1] *{ $title }* ({ $code }) bertempat di *{ $venue }*, { $address }.
   *[other] Tempatnya di *{ $venue }*, { $address }.
  }
location-directions = Cara ke sana: { $directions }
location-several = Bimtek diadakan di { $count } tempat:
location-line = 📍 *{ $venue }*, { $address }
location-line-for = Kelas { $codes }
location-choose = Pilih tempatnya untuk petunjuk jalan.

# Kursi, syarat, biaya

seats = { $free ->
    [0] *Penuh* ({ $capacity } kursi terisi semua)
   *[other] Sisa *{ $free } kursi* dari { $capacity }
  }
note-for = *Kelas { $codes }*
note-words = { $words }
requirements-head = Yang perlu dibawa dan disiapkan:
requirements-none = Kantor belum menuliskan apa yang perlu dibawa untuk kelas itu.
allowance-head = Soal biaya, transport, konsumsi, dan penginapan:
allowance-none = Kantor belum menuliskan soal biaya dan uang transport untuk kelas itu.

# Diri sendiri

my-schedule-none = { $name } belum terdaftar di Bimtek yang akan datang.
my-schedule-head = Jadwal { $name }:
my-schedule-training = *{ $title }* – gelombang { $wave }, { state-name }, nomor { $number }
status-none = { $name } belum terdaftar di Bimtek mana pun yang sedang berjalan.
status-past = { $name } tercatat di { $title } ({ $code }), nomor { $number }, yang sudah berlangsung.
status-place = Urutan di daftar tunggu: *{ $place }*
status-offer = Kursinya ditawarkan sampai { DAY($until) } pukul { CLOCK($until) } WIB: balas AMBIL { $code } atau LEPAS { $code }.
status-line = { $state ->
    [waitlisted] { $name } ada di *daftar tunggu* { $title } ({ $code }), karena kelasnya penuh. Nomor pendaftaran: *{ $number }*.
    [offered] Untuk { $name } *ada kursi yang ditawarkan* di { $title } ({ $code }), nomor pendaftaran *{ $number }*.
    [pending] Pendaftaran { $name } di { $title } ({ $code }), nomor *{ $number }*, *{ state-name }*.
   *[other] { $name } *{ state-name }* di { $title } ({ $code }), nomor pendaftaran *{ $number }*.
  }

# Program

programme = Bimtek (bimbingan teknis) adalah pelatihan bagi pengurus, pengawas, dan manajer Koperasi Desa/Kelurahan Merah Putih di Kepulauan Riau. Pelaksanaannya bertahap dalam gelombang; tempatnya berbeda menurut wilayah.
programme-waves = Di jadwal ada { $count } gelombang:
programme-wave = *Gelombang { $wave }* – { $title }

# Yang belum bisa dikerjakan bot, dengan jalan keluarnya

eligibility-head = Yang boleh ikut:
eligibility-line = • *{ $code }* { $title }: { $roles }; wilayah { $areas }
eligibility-line-own = • *{ $code }* { $title }: { $roles }; wilayah { $areas } – *cocok untuk Bapak/Ibu*
certificate = Soal sertifikat saya belum punya datanya; sertifikat diurus panitia setelah pelatihan selesai.
materials = Bahan dan rekaman belum bisa saya kirim lewat chat ini. Silakan minta kepada panitia di kelas.
feedback = Terima kasih atas masukannya, sudah saya simpan.
profile-head = Data yang tersimpan tentang *{ $name }*:
profile-phone = • Nomor HP: { $phone }
profile-position = • Jabatan: { title-name }, { $cooperative }
profile-consent = • Persetujuan penyimpanan data: { DATE($at) }
profile-no-consent = • Persetujuan penyimpanan data: tidak ada
profile-registration = • Pendaftaran { $number }: { $title } ({ $code }), { state-name }
profile-rest = Tersimpan juga isi chat ini. NIK tidak pernah disimpan. Kalau ada yang keliru, tulis misalnya “nama saya salah” atau “nomor saya ganti”.
cooperative-question = Pertanyaan soal pengelolaan koperasi dijawab narasumber dan petugas dinas; saya hanya tahu soal Bimtek. Silakan tanyakan di kelas atau ke kantor.

# Bukan teks

cannot-read-voice = Maaf, saya belum bisa mendengarkan pesan suara. Boleh ditulis saja?
cannot-read-picture = Maaf, saya belum bisa membaca gambar. Boleh ditulis saja?
cannot-read-sticker = Stikernya saya terima 🙂 Tapi saya hanya bisa menjawab tulisan. Ada yang bisa saya bantu?
cannot-read-document = Maaf, saya belum bisa membaca dokumen. Boleh ditulis isinya?
cannot-read-location = Terima kasih, lokasinya saya terima, tetapi belum bisa saya pakai. Tulis saja nama kelurahan atau kecamatannya.
cannot-read-other = Maaf, saya hanya bisa membaca tulisan. Boleh ditulis saja?

turn-failed = Maaf, ada gangguan di sistem kami sehingga pesan tadi belum bisa saya jawab. Pesannya sudah tersimpan. Silakan coba tulis lagi sebentar lagi.
button-unknown = Maaf, pilihan itu sudah tidak saya kenali. Silakan pilih atau tulis lagi.
button-late = Pilihan itu dari pertanyaan yang sudah selesai. Mau lanjut ke mana?

stopped = Baik, saya tidak akan mengirim pengingat dan pengumuman lagi. Hanya perubahan pada kursi Bapak/Ibu sendiri (misalnya jadwal pindah) yang tetap saya kabari, dan pertanyaan tetap saya jawab. Tulis MULAI untuk menyambung lagi.
started-again = Baik, pengingat dan pengumuman saya kirim lagi. Ada yang bisa saya bantu?

# Pilihan

choice-schedule = Jadwal Bimtek
choice-register = Daftar Bimtek
choice-my-schedule = Jadwal saya
choice-location = Tempat Bimtek
choice-cancel = Batalkan pendaftaran
choice-wave = Gelombang { $wave }
choice-training = { $code } · { $title }, { SHORTDAY($starts) }
choice-training-no-date = { $code } · { $title }
choice-venue = { $venue }
choice-yes = Ya
choice-no = Tidak
choice-person = { $name }
choice-position = { title-name }, { $cooperative }
choice-go-on = Lanjutkan pendaftaran
