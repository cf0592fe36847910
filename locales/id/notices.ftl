# Pemberitahuan yang tidak diminta: sesuatu berubah.

notice-session-moved =
    ⚠️ *Jadwal berubah* untuk { $name }
    Kelas *{ $training }* ({ $code })
notice-session-moved-line = 🗓 { $session }: semula { DAY($from) } pukul { CLOCK($from) } WIB, menjadi *{ DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB*
notice-session-moved-place = 📍 { $venue }, { $address }
notice-session-moved-stays = Pendaftaran Bapak/Ibu tetap berlaku. Kalau berhalangan pada waktu yang baru, tulis “batalkan pendaftaran saya”.
calendar-file-changed = 📅 Jadwal *{ $code }* yang baru untuk kalender di HP Bapak/Ibu.
calendar-file-cancelled = 📅 Untuk menghapus *{ $code }* dari kalender di HP Bapak/Ibu, kalau sudah disimpan di sana.

notice-offer =
    🎉 Ada kursi untuk *{ $name }* di *{ $title }* ({ $code }).
notice-offer-until = Ditahan sampai { DAY($until) } pukul { CLOCK($until) } WIB. Balas *AMBIL { $code }* atau *LEPAS { $code }*.
notice-offer-lapsed = Tawaran kursi di { $title } ({ $code }) sudah lewat waktunya dan diberikan kepada yang berikutnya. Bapak/Ibu bisa mendaftar lagi di urutan terakhir.
notice-wave-open = Pendaftaran *gelombang { $wave }* sudah dibuka, sampai { DAY($closes) } pukul { CLOCK($closes) } WIB.

# Pendaftaran yang menunggu persetujuan

pending-confirmed = ✅ Pendaftaran *{ $name }* di *{ $title }* ({ $code }) sudah disetujui. Nomor: *{ $number }*
pending-waiting = Pendaftaran *{ $name }* disetujui, tetapi { $title } ({ $code }) sudah penuh: masuk daftar tunggu urutan ke-{ $place }. Nomor: *{ $number }*
pending-refused = Pendaftaran { $name } di { $title } ({ $code }), nomor { $number }, tidak disetujui.
pending-refused-rule = Pendaftaran { $name } di { $title } ({ $code }), nomor { $number }, tidak bisa dilanjutkan: aturan kelasnya sudah tidak terpenuhi. Tulis “daftar” untuk melihat kelas yang masih bisa diikuti.
