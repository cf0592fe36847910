# Data pribadi, berhenti menerima pesan, bahasa.

privacy =
    Yang disimpan: nama, nomor HP, jabatan dan koperasi, pendaftaran, kehadiran, dan isi chat ini. Gunanya hanya satu: menyelenggarakan Bimtek (UU 27/2022). Yang memakainya hanya petugas dinas koperasi, dan hanya untuk itu. NIK tidak pernah diminta atau disimpan.
    Isi chat dihapus setelah { $days } hari.
privacy-rights = Bapak/Ibu bisa melihat datanya, meminta salinan, menarik persetujuan (tulis “saya tarik persetujuan”), atau meminta datanya dihapus. Hanya data sendiri, dari nomor sendiri; untuk orang lain silakan lewat kantor.
choice-view = Lihat data saya
choice-copy = Salinan data
choice-update = Ubah data
choice-erase = Hapus data
choice-erase-chat = Hapus isi chat ini saja
profile-stranger =
    Nomor ini tidak ada di daftar pengurus koperasi, jadi tidak ada nama atau jabatan yang tersimpan.
    Yang tersimpan hanya nomor HP ini dan isi chat ini sejak { DATE($since) }: { $count } pesan dari Bapak/Ibu beserta jawabannya.

# Salinan

copy-sent = Ini salinan semua data Bapak/Ibu yang tersimpan. Berkasnya saya hapus dari sistem setelah 24 jam.
copy-today = Salinan sudah dibuat { DAY($at) } pukul { CLOCK($at) } WIB. Salinan baru bisa diminta 24 jam sesudahnya.
copy-file = saya
copy-head =
    SALINAN DATA PRIBADI
    Bimtek Koperasi Kepulauan Riau, dibuat { DAY($at) } pukul { CLOCK($at) } WIB
copy-nobody = Nomor ini tidak ada di daftar pengurus koperasi. Yang tersimpan hanya kontak dan isi percakapan di bawah ini.
copy-none = (tidak ada)
copy-name = NAMA
copy-phones = NOMOR HP
copy-phone = • { $phone }
copy-positions = JABATAN
copy-position = • { title-name }, { $cooperative }, sejak { DATE($from) }
copy-position-ended = • { title-name }, { $cooperative }, { DATE($from) } s.d. { DATE($until) }
copy-position-pending = • { title-name }, { $cooperative }, menurut pengakuan sendiri, menunggu petugas
copy-consent = PERSETUJUAN PENYIMPANAN DATA
copy-consented = • Setuju, { DATE($at) } pukul { CLOCK($at) } WIB
copy-refused = • Tidak setuju, { DATE($at) } pukul { CLOCK($at) } WIB
copy-registrations = PENDAFTARAN
copy-registration = • { $number }: { $training } ({ $code }), { state-name }, sebagai { title-name } { $cooperative }, dicatat { DATE($at) } pukul { CLOCK($at) } WIB
copy-cancelled = { "  " }dibatalkan { DATE($at) } pukul { CLOCK($at) } WIB
copy-attendance = KEHADIRAN
copy-attended = • { $code }, { $session }, { DATE($starts) }: dicatat { DATE($at) } pukul { CLOCK($at) } WIB, { $source ->
    [code] dengan kode hadir
    [paper] dari daftar hadir kertas
   *[staff] oleh petugas
  }
copy-reminders = PENGINGAT YANG AKAN DATANG
copy-reminder-setting = PENGINGAT YANG BAPAK/IBU PILIH SENDIRI
copy-reminders-off = • tidak ada pengingat
copy-coming = KABAR HADIR ATAU TIDAK HADIR
copy-coming-line =
    • { DATE($at) } pukul { CLOCK($at) } WIB: { $comes ->
        [yes] akan hadir
       *[no] tidak hadir
    }, { $code }, { $session }
copy-reminder = • { DATE($due) } pukul { CLOCK($due) } WIB: { $code }, { $session }
copy-asked = PENDAFTARAN YANG DIMINTA UNTUK REKAN
copy-asked-line = • { $number }: { $code }, { state-name }
copy-interests = INGIN DIKABARI KALAU DIBUKA
copy-interest = • Gelombang { $wave }
copy-requests = PERMINTAAN PERUBAHAN DATA
copy-request = • { DATE($at) }: { $field ->
    [name] nama
    [phone] nomor HP
   *[position] jabatan
  } – { $value } – { $state ->
    [approved] disetujui
    [refused] ditolak
   *[waiting] menunggu petugas
  }
copy-changes = CATATAN PERUBAHAN OLEH KANTOR
copy-change = • { DATE($at) } pukul { CLOCK($at) } WIB: { $action }
copy-contacts = KONTAK
copy-contact = • { channel-name }, nama tampilan: { $name }, nomor: { $phone }, sejak { DATE($since) }{ $stopped ->
    [yes] , tidak mau dikirimi pesan (STOP)
   *[no] { "" }
  }
copy-shared = Ada nomor yang dipakai bersama orang lain. Isi percakapan di nomor itu juga milik mereka, jadi tidak disalin di sini.
copy-thread = PERCAKAPAN ({ channel-name })
copy-you = { DATE($at) } { CLOCK($at) } Anda: { $words }
copy-bot = { DATE($at) } { CLOCK($at) } Bot{ $state ->
    [sent] { "" }
    [delivered] { "" }
    [read] { "" }
    [queued] { " " }(belum terkirim)
    [sending] { " " }(sedang dikirim)
   *[other] { " " }(tidak terkirim)
  }: { $words }
copy-cut = (Hanya { $count } pesan terbaru dari tiap arah yang disalin.)
copy-kind = { $kind ->
    [button] (menekan pilihan)
    [voice] (pesan suara)
    [picture] (gambar)
    [sticker] (stiker)
    [document] (dokumen)
   *[other] (bukan teks)
  }
copy-law = Menurut UU 27/2022 Bapak/Ibu berhak melengkapi, memperbaiki, dan menghapus data ini serta menarik persetujuan. Tulis saja di chat.
channel-name = { $channel ->
    [telegram] Telegram
    [whatsapp] WhatsApp
    [simulator] simulator
   *[terminal] terminal
  }

# Hapus

erase-ask = Yang saya hapus dari data *{ $name }*:
erase-goes = • nomor HP, jabatan, persetujuan, pengingat, dan seluruh isi chat ini
erase-goes-shared = • nomor HP, jabatan, persetujuan, dan pengingat. Nomor ini dipakai bersama orang lain, jadi isi chatnya tetap ada untuk mereka; nama dan nomor Bapak/Ibu di dalamnya disamarkan
erase-ends = • pendaftaran { $number } di { $training } ({ $code }), { state-name }: { $state ->
    [pending] permintaannya ditarik
    [waitlisted] tempatnya di daftar tunggu dilepas
    [offered] kursi yang ditawarkan dilepas
   *[other] kursinya dilepas
  }
erase-stays = Yang *tetap disimpan*, karena kantor wajib mempertanggungjawabkan pelatihan yang sudah berjalan: nama, jabatan, dan koperasi Bapak/Ibu pada
erase-kept = • { $training } ({ $code }), { state-name }, nomor { $number }
simulator-nobody = Tidak ada di daftar
erase-roster = Daftar pengurus milik kantor sendiri tidak berubah. Kalau kantor memuatnya lagi, nama dan nomor di daftar itu tercatat kembali.
erase-ask-chat = Yang saya hapus: seluruh isi chat ini, beserta nomor HP kalau tersimpan.
erase-sure = Sesudah itu tidak bisa dikembalikan. Yakin dihapus?
erase-sure-again = Datanya belum saya hapus. Yakin dihapus? Jawab Ya atau Tidak.
erase-left = Baik, tidak ada yang saya hapus.
erased = ✅ Data Bapak/Ibu sudah dihapus. Nomor ini tidak lagi saya kenali; pertanyaan umum soal Bimtek tetap saya jawab.
erased-but-kept = Yang masih disimpan hanya catatan pelatihan yang tadi saya sebutkan.
erased-but-shared = Isi chat di nomor yang dipakai bersama tetap ada untuk pemakai lainnya, tanpa nama dan nomor Bapak/Ibu.
erased-chat = ✅ Isi chat ini sudah dihapus. Pertanyaan umum soal Bimtek tetap saya jawab.

# Menarik persetujuan

withdraw-what = Kalau persetujuan ditarik: data Bapak/Ibu tidak saya pakai lagi, dan isi chat dihapus setelah 24 jam. Yang sudah didaftarkan tetap berlaku sampai dibatalkan, pertanyaan umum tetap saya jawab, dan “setuju” memberikannya lagi. Belum ada yang saya tarik; kalau memang mau, tulis “saya tarik persetujuan”.
choice-withdraw-consent = Tarik persetujuan
withdraw-consent-ask = Persetujuan *{ $name }* ditarik: datanya tidak saya pakai lagi dan isi chat dihapus setelah 24 jam. Yang sudah didaftarkan tetap berlaku sampai dibatalkan.
withdraw-consent-ask-shared = Persetujuan *{ $name }* ditarik: datanya tidak saya pakai lagi. Nomor ini dipakai bersama, jadi isi chatnya tetap ada untuk yang lain. Yang sudah didaftarkan tetap berlaku sampai dibatalkan.
withdraw-consent-sure = Yakin ditarik?
withdraw-consent-again = Persetujuannya belum saya tarik. Yakin ditarik? Jawab Ya atau Tidak.
withdraw-consent-left = Baik, persetujuannya tidak saya tarik.
withdraw-consent-waits = Nama, koperasi, dan jabatan yang menunggu persetujuan kantor *tetap ada di kantor*. Untuk menariknya kembali, tulis “batalkan pendaftaran saya”.
withdrawn = Baik, persetujuan *{ $name }* saya tarik. Datanya tidak saya pakai lagi, dan isi chat dihapus setelah 24 jam. Kalau berubah pikiran, tulis “setuju”.
withdrawn-shared = Baik, persetujuan *{ $name }* saya tarik. Datanya tidak saya pakai lagi. Nomor ini dipakai bersama orang lain, jadi isi chatnya tetap ada untuk mereka. Kalau berubah pikiran, tulis “setuju”.
withdrawn-registrations = Pendaftaran ini *tetap berlaku* sampai Bapak/Ibu membatalkannya:
withdraw-nothing = Bapak/Ibu belum pernah, atau tidak lagi, menyetujui penyimpanan data. Jadi tidak ada persetujuan yang perlu ditarik.

# Berhenti

unsubscribe-ask = Bapak/Ibu tidak mau menerima pengingat dan pengumuman lagi? Kabar tentang kursi Bapak/Ibu sendiri tetap saya kirim.
unsubscribe-again = Tadi: berhenti menerima pengingat dan pengumuman?
unsubscribe-left = Baik, pengingat dan pengumuman tetap saya kirim.
unsubscribe-already = Pengingat dan pengumuman memang sudah tidak saya kirim ke sini. Tulis MULAI untuk menyambung lagi.

# Bahasa

language-now = Baik, saya menjawab dalam bahasa Indonesia. Ada yang bisa saya bantu?
language-malay = Pesan dalam Melayu Kepri saya pahami, silakan tulis seperti biasa. Jawaban saya dalam bahasa Indonesia; bahasa Inggris juga bisa.
language-others = Saya hanya bisa menjawab dalam bahasa Indonesia dan bahasa Inggris. Pesan dalam Melayu Kepri dan bahasa singkatan saya coba pahami.
choice-speak-id = Bahasa Indonesia
choice-speak-en = English
