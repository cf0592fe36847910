# Untuk petugas, di chat mereka sendiri.

staff-help = { $name }, perintah petugas:
staff-help-antrian = /antrian – percakapan yang menunggu petugas: ambil, baca, balas, tutup
staff-help-help = /petugas – daftar ini
staff-not-allowed = Perintah itu hanya untuk admin.
staff-left = Baik, tidak jadi. Tidak ada yang berubah.
staff-nothing-open = Tidak ada perintah yang sedang menunggu.
choice-staff-leave = Tidak jadi

# Siapa yang perlu ditelepon

staff-to-call = ☎️ *Perlu ditelepon ({ $count }):*
staff-call-line = • { $name }, { $cooperative }: { $numbers }
staff-call-line-none = • { $name }, { $cooperative }: tanpa nomor
staff-person-line = • { $name }, { $cooperative }
staff-more = … dan { $count } lagi
staff-more-in-file = … dan { $count } lagi; semuanya ada di berkas ini.
staff-call-sheet = Telepon
staff-column-name = Nama
staff-column-cooperative = Koperasi
staff-column-phone = Nomor HP
staff-column-why = Keterangan
staff-why-no-number = tanpa nomor
staff-why-no-contact = belum pernah menulis ke bot
staff-why-blocked = memblokir bot
staff-why-uncertain = tidak pasti sampai
staff-why-not-told = belum dikabari
staff-channel-telegram = Telegram
staff-channel-whatsapp = WhatsApp
staff-channel-simulator = simulator
staff-channel-terminal = terminal

# Pertemuan yang mana

staff-session-choice = { $session }, { SHORTDAY($starts) } { CLOCK($starts) }
staff-session-choice-cancelled = { $session }, { SHORTDAY($starts) } { CLOCK($starts) } (dibatalkan)
staff-no-sessions = Tidak ada pertemuan yang akan datang.
staff-unknown-training = Kelas { $name } tidak ada.
staff-perhaps = Mungkin maksudnya { $codes }?
staff-which-session = { $name }: pertemuan yang mana?
staff-already-cancelled = { $session } sudah dibatalkan sebelumnya.
staff-session-over = { $session } sudah selesai { DAY($ends) } pukul { CLOCK($ends) } WIB.
staff-in-the-past = Waktu itu sudah lewat. Tulis waktu yang lain.
staff-too-far = Waktu itu lebih dari dua tahun lagi. Tahunnya sudah benar?
staff-same-time = { $session } memang sudah pada waktu itu.
staff-overlap = Pada waktu itu kelas yang sama punya { $session } ({ DAY($starts) } pukul { CLOCK($starts) } WIB). Pindahkan yang itu dulu.

# /pindah dan /batal

staff-help-move = /pindah G3-A/1 ke Sabtu jam 8 – pindahkan pertemuan dan kabari semuanya
staff-help-cancel = /batal G3-A/1 ombak tinggi – batalkan pertemuan dan kabari semuanya
choice-staff-move-session = Pindahkan pertemuan
choice-staff-cancel-session = Batalkan pertemuan
staff-move-which = Pertemuan mana yang dipindahkan?
staff-cancel-which = Pertemuan mana yang dibatalkan?
staff-move-session = *{ $session }* { $title }, sekarang { DAY($starts) } pukul { CLOCK($starts) } WIB.
staff-move-session-cancelled = *{ $session }* { $title }, dibatalkan; semula { DAY($starts) } pukul { CLOCK($starts) } WIB.
staff-move-when = Dipindah ke kapan? Misalnya “Sabtu 12 Des jam 8” atau “mundur 2 jam”.
staff-move-which-day = Hari apa tepatnya? Tulis satu tanggal, misalnya “Sabtu 12 Des jam 8”.
staff-change-head = *{ $session }* { $title } – { $training }
staff-change-from = Semula: { DAY($starts) } pukul { CLOCK($starts) } WIB
staff-change-from-cancelled = Semula: dibatalkan
staff-change-to = Menjadi: *{ DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB*
staff-change-to-cancelled = Menjadi: *dibatalkan*
staff-change-reason = Keterangan: { $reason }
staff-change-calls-off = ⚠️ Tidak ada pertemuan lain di kelas ini: kelasnya dibatalkan untuk sementara, pendaftaran tetap tersimpan.
staff-change-concerns = { $count } orang: { $registered } terdaftar{ $waiting ->
    [0] {""}
   *[other] , { $waiting } daftar tunggu
  }{ $offered ->
    [0] {""}
   *[other] , { $offered } ditawari kursi
  }{ $pending ->
    [0] {""}
   *[other] , { $pending } menunggu persetujuan
  }
staff-change-reach = Bisa dikabari bot: { $count } ({ $channels })
staff-change-no-reach = Tidak terjangkau bot: { $count }; nomornya saya beri setelah ini.
staff-change-due-now = Kabar dikirim sekarang juga.
staff-change-due = Kabar dikirim setelah jam tenang: { DAY($due) } pukul { CLOCK($due) } WIB.
staff-change-clashes = ⚠️ Bentrok dengan kelas lain ({ $count }):
staff-change-clash = • { $name }, { $cooperative }: juga di { $otherTraining }
staff-change-settled = Tidak terdaftar lagi, sudah punya tempat lain di bidang ini:
staff-move-sure = Pindahkan? Jawab *ya*, atau tulis waktu lain. Keterangan bisa ditambah: “karena ombak tinggi”.
staff-cancel-sure = Batalkan pertemuan ini? Jawab *ya*. Keterangan bisa ditambah: “karena ombak tinggi”.
staff-cancel-doubtful = Tulis *ya* untuk membatalkan pertemuan itu, atau *tidak jadi*.
choice-staff-move = Ya, pindahkan
choice-staff-cancel = Ya, batalkan
staff-moved = ✅ Sudah dipindahkan.
staff-cancelled = ✅ Sudah dibatalkan.
staff-told = Kabar sedang dikirim ke { $told } orang.
staff-told-later = Kabar dikirim ke { $told } orang { DAY($due) } pukul { CLOCK($due) } WIB.
staff-late = Pilihan itu sudah lewat; tidak ada yang berubah. Tulis perintahnya lagi.
staff-overtaken = ⚠️ Sementara itu datanya berubah. Yang sekarang akan terjadi:
choice-staff-who-read = Siapa sudah baca?

# /pindah status

staff-status-which = Pertemuan yang mana?
staff-status-head = *{ $session }* { $title }, { DAY($starts) } pukul { CLOCK($starts) } WIB
staff-status-cancelled = *{ $session }* { $title }, dibatalkan (semula { DAY($starts) } pukul { CLOCK($starts) } WIB)
staff-status-unchanged = Belum pernah dipindahkan atau dibatalkan, jadi tidak ada kabar yang dikirim.
staff-status-changed = Diubah { DAY($at) } pukul { CLOCK($at) } WIB.
staff-status-untold = Perubahan terakhirnya belum dikabarkan kepada siapa pun.
staff-status-read = ✅ *Sudah baca: { $count } dari { $all }*
staff-status-not-read = Terkirim, belum dibaca ({ $count }):
staff-status-under-way = Belum terkirim ({ $count }):
choice-staff-refresh = Perbarui

# /hadir

staff-help-attendance = /hadir G3-A/1 – kode dan QR, siapa sudah hadir, centang nama
choice-staff-attendance = Daftar hadir
staff-attendance-which = Beberapa pertemuan sedang berjalan. Yang mana?
staff-attendance-none = Tidak ada pertemuan yang sedang berjalan. Mau lihat yang mana?
staff-attendance-picture = QR daftar hadir { $session }. Isinya: { $link }
staff-attendance-head = *{ $session }* { $title }, { DAY($starts) } pukul { CLOCK($starts) } WIB
staff-attendance-code = Kode: *{ $code }*. Peserta menulis HADIR { $code }; berlaku pukul { CLOCK($from) }–{ CLOCK($until) } WIB.
staff-attendance-count = ✅ *Hadir: { $count } dari { $all }*
staff-attendance-coming = Jawaban pengingat: { $comes } akan hadir, { $stays } tidak hadir, { $silent } belum menjawab
staff-attendance-present = • { $name }, { $cooperative } ({ CLOCK($at) })
staff-attendance-how = Untuk mencentang tulis namanya atau nomor urutnya: “sari, 12”. Salah centang: “batal sari”. Kalau sudah: “selesai”.
staff-attendance-done = Baik. Ketik /hadir kapan saja untuk melihatnya lagi.
staff-attendance-all = ✅ Semuanya sudah hadir: { $count } orang.
staff-attendance-missing = *{ $session }: belum hadir { $count } orang*
staff-attendance-missing-line = { $place }. { $name }, { $cooperative }
staff-attendance-sheet = Belum hadir
staff-column-number = No.
staff-column-registration = Nomor pendaftaran
staff-attendance-who = “{ $name }” bisa { $count } orang. Yang mana?
staff-attendance-unknown = ❓ “{ $name }” tidak ada di kelas ini.
staff-attendance-ticked = ✅ Dicatat hadir ({ $count }):
staff-attendance-unticked = Catatan hadirnya dihapus ({ $count }):
staff-attendance-before = Sudah tercatat sebelumnya ({ $count }):
staff-attendance-not-before = Memang belum tercatat hadir ({ $count }):
staff-attendance-total = { $session }: hadir { $count } dari { $all }.
staff-attendance-early = Pertemuan ini baru dimulai { DAY($starts) } pukul { CLOCK($starts) } WIB.
staff-person = { $name }, { $cooperative }
choice-staff-missing = Siapa belum hadir?
choice-staff-undo = Urungkan

# /setuju

staff-help-approve = /setuju – yang menunggu persetujuan, satu per satu
choice-staff-approve = Persetujuan
choice-staff-yes = Setuju
choice-staff-no = Tolak
choice-staff-skip = Lewati
choice-staff-no-reason = Tanpa alasan
choice-staff-from-start = Dari awal lagi
staff-approve-none = Tidak ada yang menunggu persetujuan.
staff-approve-end = Itu yang terakhir. Masih ada { $count } yang menunggu.
staff-approve-no-such = { $id } tidak ada.
staff-approve-head = *{ $id }* ({ $number } dari { $count }), sejak { DATE($since) }
staff-approve-who = { $name }, { title-name }, { $place }
staff-approve-who-no-title = { $name }, { $place }
staff-approve-phones = ☎️ { $phones }
staff-approve-training = Kelas: { $training }
staff-approve-requested = Diminta oleh { $by }
staff-approve-replaces = Menggantikan { $whom }
staff-approve-field = { $field ->
    [name] nama
    [phone] nomor HP
   *[position] jabatan
  }
staff-approve-wish-change = Minta { staff-approve-field } diubah dari { $from } menjadi { $to }
staff-approve-wish-add = Minta { staff-approve-field } ditambah: { $to }
staff-approve-on-roster = ℹ️ Sudah ada di daftar: { $name }, { title-name } ({ $numbers }). Kalau disetujui, nomor ini menjadi nomornya juga.
staff-approve-namesake = ℹ️ Nama serupa dengan jabatan lain: { $name }, { title-name } ({ $numbers })
staff-approve-office-taken = ⚠️ Jabatan ini dipegang { $name }, { title-name } ({ $numbers })
staff-approve-reason = Apa alasannya? { $name } akan membacanya.
staff-approved-confirmed = ✅ { $name }: disetujui, terdaftar di { $training }.
staff-approved-waitlisted = ✅ { $name }: disetujui; { $training } penuh, daftar tunggu urutan { $place }.
staff-approved-rule = ⚠️ { $name }: tidak terdaftar di { $training }: { $why }
staff-approved-agreed = ✅ { $name }: disetujui.
staff-approved-changed = ✅ { $name }: datanya diubah.
staff-approved-refused = { $name }: ditolak.
staff-approved-decided = { $name }: sudah diputuskan sebelumnya ({ $state ->
    [agreed] disetujui
    [ended] tidak berlaku lagi
   *[other] { state-name }
  }).
staff-approved-joined = Disatukan dengan { $name } yang sudah ada di daftar.
staff-approved-keeps = { $numbers } tetap atas jabatan yang lama; periksa apakah masih sesuai.
staff-import-runs = Daftar pengurus sedang diimpor. Coba lagi beberapa menit lagi; tidak ada yang berubah.

# /gelombang

staff-help-wave = /gelombang 3 – isi kelas, daftar tunggu, cakupan
choice-staff-wave = Isi gelombang
staff-no-waves = Belum ada gelombang.
staff-no-wave = Gelombang { $wave } tidak ada.
staff-which-wave = Gelombang yang mana?
staff-wave-choice = Gelombang { $wave }
staff-wave-head = *Gelombang { $wave }* { $title }
staff-wave-window = { $stage ->
    [to-come] Pendaftaran dibuka { DAY($opens) } pukul { CLOCK($opens) } WIB, sampai { DATE($closes) }
    [closed] Pendaftaran sudah ditutup { DAY($closes) } pukul { CLOCK($closes) } WIB
   *[open] Pendaftaran dibuka sampai { DAY($closes) } pukul { CLOCK($closes) } WIB
  }
staff-wave-no-classes = Belum ada kelasnya.
staff-wave-class = *{ $code }* { $taken }/{ $capacity } terisi, { $free } kosong{ $offered ->
    [0] {""}
   *[other] , { $offered } ditawarkan
  }{ $waiting ->
    [0] {""}
   *[other] , { $waiting } menunggu
  }{ $pending ->
    [0] {""}
   *[other] , { $pending } perlu disetujui
  }
staff-wave-coverage = Cakupan { track-name } di wilayahnya: *{ $full } dari { $places } lengkap*, { $part } sebagian, { $none } belum, { $without } belum ada koperasinya di data.
staff-class-choice = Kelas { $code }
staff-class-head = *{ $code }* { $title }, { $venue }
staff-session-line = • { $session } { $title }: { SHORTDAY($starts) } { CLOCK($starts) }
staff-session-line-cancelled = • { $session } { $title }: dibatalkan (semula { SHORTDAY($starts) })
choice-staff-attendance-of = Hadir { $session }
choice-staff-move-of = Pindahkan { $session }

# /siaran

staff-help-broadcast = /siaran – pengumuman ke pengurus, dengan PDF atau gambar
choice-staff-broadcast = Siaran
staff-broadcast-text = Apa isi siarannya? Tulis teksnya; boleh pakai {"{nama}"}, {"{koperasi}"}, {"{gelombang}"}. PDF atau gambar boleh dikirim kapan saja.
choice-staff-announce = Umumkan gelombang { $wave }
choice-staff-broadcasts = Siaran sebelumnya
staff-broadcast-for-whom = Untuk siapa? Pilih, atau tulis sendiri: “pengawas di Bengkong”, “belum daftar gelombang 3”.
staff-broadcast-which = Yang mana?
staff-broadcast-none-such = Belum ada yang bisa dipilih di situ.
choice-staff-all = Semua pengurus
choice-staff-not-registered = Belum terdaftar
choice-staff-untrained = Belum dilatih
choice-staff-by-wave = Per gelombang
choice-staff-by-class = Per kelas
choice-staff-by-area = Per wilayah
choice-staff-wave-confirmed = Gelombang { $wave }, terdaftar
choice-staff-wave-eligible = Gelombang { $wave }, belum daftar
choice-staff-class-confirmed = Peserta { $code }
choice-staff-area = { $area }
choice-staff-mainland = Daratan
choice-staff-hinterland = Hinterland
staff-broadcast-again = Tulis teksnya lagi.
staff-audience-term = { $key ->
    [wave] gelombang { $value }
    [training] kelas { $value }
    [status] { state-name }
    [role] { $value }
    [position] { title-name }
    [area] { $level ->
        [kecamatan] Kecamatan { $area }
       *[other] { $area }
    }
    [zone] { $value ->
        [hinterland] hinterland
       *[mainland] daratan
    }
    [track] bidang { track-name }
    [eligible] boleh ikut gelombang { $value } tapi belum daftar
    [not-registered] belum terdaftar
    [untrained] belum dilatih
   *[all] semua pengurus, pengawas, dan manajer
  }
staff-audience-and = dan
staff-audience-or = atau
staff-audience-not = bukan
staff-broadcast-head = 👆 Begitu dibaca penerima. *Untuk:* { $audience }
staff-broadcast-meant = Dimaksud: *{ $persons } orang*
staff-broadcast-reach = Terjangkau bot: *{ $reachable } orang* dalam { $messages } pesan ({ $channels })
staff-broadcast-left-out = Tidak terjangkau: { $count }
staff-broadcast-file = Lampiran: { $name }
staff-broadcast-due-now = Dikirim: sekarang
staff-broadcast-due = Dikirim: { DAY($due) } pukul { CLOCK($due) } WIB; penerimanya dihitung saat itu
staff-broadcast-sure = Kirim? Jawab *ya kirim*, atau tulis waktunya: “besok jam 8”. Bisa dipersempit: “hanya pengawas”.
staff-broadcast-nobody = Tidak ada yang terjangkau sekarang, jadi tidak ada yang bisa dikirim.
choice-staff-send = Ya, kirim
choice-staff-new-text = Ubah teks
choice-staff-new-audience = Ubah penerima
choice-staff-later = Kirim nanti
choice-staff-call-list = Daftar telepon
staff-broadcast-when = Kapan dikirim? Misalnya “besok jam 8”, atau “sekarang”.
staff-broadcast-no-announcement = Gelombang { $wave } tidak bisa diumumkan: tidak ada, sudah ditutup, atau belum ada kelasnya.
staff-broadcast-forward = Teks untuk diteruskan ke grup lurah:
staff-broadcast-forward-no-link = Teks untuk diteruskan ke grup (nama bot di Telegram belum diketahui, jadi belum ada tautannya):
staff-broadcast-file-gone = Berkasnya sudah tidak ada; kirim lagi.
staff-broadcast-file-unreachable = ⚠️ Berkas itu belum bisa saya ambil. Coba kirim lagi sebentar lagi.
staff-broadcast-file-taken = 📎 { $name } ikut dikirim.
staff-broadcast-started = ✅ Siaran { $id } dikirim ke { $persons } orang ({ $messages } pesan).
staff-broadcast-scheduled = ✅ Siaran { $id } dijadwalkan { DAY($due) } pukul { CLOCK($due) } WIB; sekarang { $persons } orang terjangkau.
staff-broadcast-too-many = Terlalu banyak untuk satu berkas di chat. Pakai di komputer: bimtek broadcast … --call-list.
staff-broadcast-nobody-to-call = Tidak ada yang perlu ditelepon.
staff-broadcast-call-list = ☎️ { $count } orang yang tidak terjangkau, per kelurahan, dengan tautan untuk menelepon.
staff-broadcast-unknown = Siaran { $id } tidak ada.
staff-broadcast-none = Belum ada siaran.
staff-broadcast-newest = Siaran terakhir:
staff-broadcast-state = { $state ->
    [scheduled] dijadwalkan
    [running] sedang dikirim
    [paused] dijeda
    [done] selesai
   *[cancelled] dibatalkan
  }
staff-broadcast-line = • *{ $id }* { SHORTDAY($due) } { CLOCK($due) }, { staff-broadcast-state }: { $begin }
staff-report-head = *Siaran { $id }* ({ staff-broadcast-state }) untuk { $audience }
staff-report-persons = Dimaksud { $persons } orang, terjangkau { $reachable }
staff-report-counts = ✅ Terkirim { $sent }, di antaranya dibaca { $read }
    ⏳ Menunggu { $waiting }
    ❌ Gagal { $failed }, tidak pasti { $uncertain }, tidak dikirim { $unsent }
staff-broadcast-why = • { call-reason }: { $count }
staff-broadcast-changed = Siaran { $id } sekarang { staff-broadcast-state }{ $takenBack ->
    [0] .
   *[other] ; { $takenBack } pesan yang belum terkirim ditarik kembali.
  }
staff-broadcast-not-possible = Itu tidak bisa: siaran { $id } { staff-broadcast-state }.
staff-broadcast-resent = Siaran { $id } dikirim lagi ke { $persons } orang; { $unreachable } tidak terjangkau sekarang.
choice-staff-report = Laporan
choice-staff-report-of = Laporan { $id }
choice-staff-pause = Jeda
choice-staff-resume = Lanjutkan
choice-staff-cancel-broadcast = Batalkan siaran
choice-staff-resend-failed = Ulangi yang gagal
choice-staff-resend-uncertain = Ulangi yang tidak pasti
