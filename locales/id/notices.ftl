# Pemberitahuan yang tidak diminta: sesuatu berubah.

notice-session-moved =
    ⚠️ *Jadwal berubah* untuk { $name }
    Kelas *{ $training }* ({ $code })
notice-session-moved-line = 🗓 { $session }: semula { DAY($from) } pukul { CLOCK($from) } WIB, menjadi *{ DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB*
notice-session-moved-place = 📍 { $venue }, { $address }
notice-session-moved-stays = Pendaftaran Bapak/Ibu tetap berlaku. Kalau berhalangan pada waktu yang baru, tulis “batalkan pendaftaran saya”.
