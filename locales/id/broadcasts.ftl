# Pengumuman petugas.

broadcast-for = Untuk *{ $names }*:

# Pengumuman sebuah gelombang

announce-head = 📣 Pendaftaran Bimtek koperasi *gelombang { $wave }* – { $title }
announce-window = Dibuka { DAY($opens) } pukul { CLOCK($opens) } WIB, ditutup { DAY($closes) } pukul { CLOCK($closes) } WIB.
announce-class = *{ $title }* ({ $code })
announce-class-line = • { $code } { $title }
announce-for = 👥 Untuk { $roles } – { $areas }
announce-more = … dan { $count } kelas lainnya
announce-answer = Bapak/Ibu bisa ikut. Untuk mendaftar, tekan tombolnya atau balas DAFTAR dengan kode kelasnya, misalnya *DAFTAR { $code }*. Kalau tidak ingin dikirimi pengumuman, balas STOP.
announce-telegram = Daftar lewat Telegram: { $link }
announce-whatsapp = Daftar lewat WhatsApp: { $link }
choice-register-class = DAFTAR { $code }
