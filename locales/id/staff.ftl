# Untuk petugas, di chat mereka sendiri.

staff-help = { $name }, perintah petugas:
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
staff-change-concerns = { $count } orang: { $registered } terdaftar, { $waiting } daftar tunggu, { $offered } ditawari kursi, { $pending } menunggu persetujuan
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
