# Formulir: siapa yang berbicara, mendaftar, membatalkan.

quoted-which = Yang mana dari pesan itu?
form-no-such-day = Hari itu tidak ada kelas untuk Bapak/Ibu.
form-not-understood = Maaf, jawabannya belum saya tangkap.
form-go-on = Baik, kita lanjutkan.
form-noted = Baik, saya catat untuk pendaftarannya.
form-asleep = Tadi pendaftaran Bapak/Ibu belum selesai. Mau dilanjutkan?
button-late-form = Pilihan itu dari pertanyaan sebelumnya. Yang sekarang saya tanyakan:

# Siapa

ask-phone = Untuk itu saya perlu tahu dengan siapa saya berbicara. Tekan tombol di bawah untuk mengirim nomor HP Bapak/Ibu; nomornya saya cocokkan dengan daftar pengurus koperasi.
contact-no-number = Nomor yang dikirim tidak bisa saya baca. Coba tekan lagi tombol “Kirim nomor saya”.
contact-not-own = Itu nomor orang lain. Mohon kirim nomor Bapak/Ibu sendiri lewat tombol “Kirim nomor saya”.
phone-known = Terima kasih, nomornya saya kenali.
ask-speaker = Nomor ini dipakai lebih dari satu orang. Saya berbicara dengan siapa?
ask-consent =
    { $name }, untuk mendaftarkan dan mengingatkan, saya menyimpan nama, nomor HP, jabatan, koperasi, pendaftaran, dan isi chat ini. Data itu hanya dipakai untuk penyelenggaraan Bimtek sesuai UU 27/2022 dan bisa diminta untuk dihapus.

    Apakah Bapak/Ibu setuju?
consent-refused = Baik, data Bapak/Ibu tidak saya pakai. Pertanyaan umum soal jadwal dan tempat tetap saya jawab; pendaftaran bisa melalui surat dari koperasi kepada kantor. Kalau berubah pikiran, tulis “setuju”.
ask-consent-again = Untuk itu tadi: apakah Bapak/Ibu *setuju* datanya saya simpan?
identify-left = Baik, tidak jadi. Ada yang lain yang bisa saya bantu?

# Mendaftar

register-choose = { $name }, ada { $count } kelas yang bisa diikuti. Mau daftar yang mana?
register-choose-again = Mau daftar kelas yang mana?
register-has = { $state ->
    [waitlisted] Bapak/Ibu ada di daftar tunggu { $title } ({ $code }), nomor { $number }.
    [offered] Untuk Bapak/Ibu ada kursi yang ditawarkan di { $title } ({ $code }), nomor { $number }.
    [pending] Pendaftaran Bapak/Ibu di { $title } ({ $code }), nomor { $number }, { state-name }.
   *[other] Bapak/Ibu sudah { state-name } di { $title } ({ $code }), nomor { $number }.
  }
register-none-such = Kelas seperti itu tidak saya temukan di jadwal.
register-place-seats = 📍 { $venue } – sisa { $free } kursi
register-position = Bapak/Ibu tercatat dengan lebih dari satu jabatan. Mendaftar sebagai apa?
register-confirm = Saya daftarkan *{ $name }*, { title-name } { $cooperative }, untuk:
register-sure = Sudah benar? Jawab Ya untuk mendaftar.
register-sure-again = Pendaftaran tadi, *{ $title }* ({ $code }): sudah benar?
register-left = Baik, pendaftarannya tidak jadi. Tulis “daftar” kapan saja kalau berubah pikiran.
registered =
    ✅ *{ $name } sudah terdaftar.*
    Nomor pendaftaran: *{ $number }*
registered-reminders = Menjelang hari pelaksanaan saya kirim pengingat di chat ini.
registered-cancel = Kalau berhalangan, tulis “batalkan pendaftaran saya”.
calendar-file = 📅 Jadwal *{ $code }* untuk kalender di HP Bapak/Ibu. Ketuk berkas ini untuk menyimpannya.

refused-wrong-role = Maaf, { $title } ({ $code }) bukan untuk jabatan Bapak/Ibu. Kelas itu untuk: { $roles }.
refused-wrong-area = Maaf, { $title } ({ $code }) bukan untuk wilayah koperasi Bapak/Ibu.
refused-not-open-yet = Pendaftaran *{ $title }* ({ $code }) belum dibuka. Dibuka { DAY($opens) } pukul { CLOCK($opens) } WIB.
refused-closed = Pendaftaran gelombang { $wave } sudah ditutup { DATE($closes) }.
refused-begun = { $title } ({ $code }) sudah dimulai, jadi tidak bisa didaftar lagi.
refused-already-registered = Bapak/Ibu sudah terdaftar untuk bidang ini; satu orang satu pendaftaran per bidang.
refused-own = *{ $title }* ({ $code }), { state-name }, nomor *{ $number }*
refused-track-completed = Bapak/Ibu sudah menyelesaikan Bimtek bidang ini, jadi tidak perlu mendaftar lagi.
refused-overlap = Waktunya bersamaan dengan Bimtek lain yang sudah Bapak/Ibu ikuti.
refused-cooperative-cap = Jatah koperasi Bapak/Ibu di { $title } ({ $code }) sudah habis: paling banyak { $cap } orang per koperasi.
refused-full = Maaf, { $title } ({ $code }) sudah *penuh*: { $capacity } kursi terisi semua.

instead-open = Yang masih bisa Bapak/Ibu ikuti:
instead-line = • *{ $title }* ({ $code }), sisa { $free } kursi
instead-to-come = Berikutnya untuk Bapak/Ibu:
instead-to-come-line = • *{ $title }* ({ $code }), gelombang { $wave }, pendaftaran dibuka { DAY($opens) } pukul { CLOCK($opens) } WIB
instead-nothing = Saat ini tidak ada kelas lain yang terbuka untuk jabatan dan wilayah Bapak/Ibu. Silakan tanya lagi kalau gelombang baru diumumkan.

# Daftar tunggu

wait-ask = Mau masuk *daftar tunggu* { $code }? { $count ->
    [0] Belum ada yang menunggu.
   *[other] Sekarang ada { $count } orang yang menunggu.
  }
wait-ask-again = Tadi: mau masuk daftar tunggu { $code }?
waiting = *{ $name }* masuk daftar tunggu { $title } ({ $code }), urutan ke-{ $place }. Nomor: *{ $number }*
waiting-what-then = Kalau ada kursi kosong saya tawarkan di chat ini menurut urutan. Tulis “status pendaftaran saya” untuk melihat urutannya, atau “batalkan pendaftaran saya” untuk keluar dari daftar tunggu.
offer-declined = Baik, kursi { $title } ({ $code }) saya lepas untuk yang berikutnya.
offer-gone = Tawaran kursi itu sudah tidak berlaku. Tulis “status pendaftaran saya” untuk memastikan.
will-tell = Baik, Bapak/Ibu saya kabari di chat ini kalau pendaftaran gelombang { $wave } dibuka, { DAY($opens) } pukul { CLOCK($opens) } WIB.
choice-tell = Kabari saya kalau gelombang { $wave } dibuka
choice-take = Ambil { $code }
choice-decline = Lepas { $code }

# Pindah kelas

change-nothing = { $name } belum punya pendaftaran yang bisa dipindahkan.
change-which = Pendaftaran yang mana yang dipindahkan?
change-choose = Pindah dari { $title } ({ $code }) ke kelas yang mana? Kursi yang lama baru dilepas sesudah kursi baru didapat.
change-choose-again = Mau pindah ke kelas yang mana?
change-none = Tidak ada kelas lain yang bisa Bapak/Ibu ikuti sekarang.
change-stays = Pendaftaran Bapak/Ibu di { $title } ({ $code }), nomor { $number }, tetap.
change-confirm = Pindah dari { $from } ({ $fromCode }) ke *{ $title }* ({ $code })?
change-for-good = Pendaftaran gelombang kelas yang lama sudah ditutup: sesudah pindah, Bapak/Ibu tidak bisa kembali ke { $fromCode }.
change-left = Baik, tidak jadi pindah. Pendaftaran Bapak/Ibu tetap.
changed = ✅ Sudah dipindahkan dari { $from } ({ $fromCode }) ke *{ $title }* ({ $code }). Nomor pendaftaran yang baru: *{ $number }*

# Membatalkan

cancel-nothing = { $name } tidak punya pendaftaran yang bisa dibatalkan.
cancel-begun = { $title } ({ $code }) sudah dimulai, jadi pendaftaran { $name } tidak bisa dibatalkan lagi.
cancel-not-there = { $name } tidak terdaftar di { $code }.
cancel-choose = Ada { $count } pendaftaran. Yang mana yang dibatalkan?
cancel-confirm = Pendaftaran *{ $name }* di { $title } ({ $code }), nomor *{ $number }*
cancel-sure = Yakin dibatalkan? Kursinya lalu terbuka untuk peserta lain.
cancel-sure-again = Kursi { $name } di *{ $title }* ({ $code }) belum saya batalkan. Yakin dibatalkan?
cancel-left = Baik, pendaftaran Bapak/Ibu tetap.
cancelled = Pendaftaran *{ $name }* di { $title }, nomor { $number }, sudah dibatalkan, dan pengingatnya dihapus.

# Kursi orang lain

seat-of-another = Pendaftaran { $name } hanya bisa dibatalkan atau dipindahkan oleh yang bersangkutan dari nomornya sendiri, atau oleh petugas kantor. Pendaftaran Bapak/Ibu sendiri tidak saya ubah.
seat-of-another-here = Kalau { $name } yang sekarang memegang HP ini, tulis dulu “saya { $short }”.

# Dibetulkan sesudah selesai

afterwards-what = Maaf, bagian mana yang keliru? Tulis yang benar, misalnya kode kelas atau namanya.
afterwards-pending = Baik, yang untuk { $code } saya tarik kembali.
afterwards-registered = { $name } sudah setuju dan terdaftar di *{ $title }* ({ $code }), jadi tidak bisa saya tarik lagi. Kalau keliru, { $name } bisa membatalkannya dari nomornya sendiri.
afterwards-profile = Baik, permintaan { $number } saya tarik kembali.
not-asked = Baik, { $name } tidak jadi ditanya.
give-up-ask = { $state ->
    [waitlisted] Tempat di daftar tunggu { $title } ({ $code }) dilepas, dan Bapak/Ibu masuk *daftar tunggu* { $wanted }?
   *[other] Kursi di { $title } ({ $code }) dilepas, dan Bapak/Ibu masuk *daftar tunggu* { $wanted }? Kursi itu lalu terbuka untuk peserta lain.
  } { $count ->
    [0] Di { $wanted } belum ada yang menunggu.
   *[other] Di { $wanted } sekarang ada { $count } orang yang menunggu.
  }
