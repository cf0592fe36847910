# Pengingat menjelang sesi.

reminder =
    ⏰ Pengingat untuk *{ $name }*: *{ $training }*
    { $session }
    🗓 { DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB
reminder-place = 📍 { $venue }, { $address }
reminder-cannot-come = Kalau berhalangan, tulis “batalkan pendaftaran saya” (nomor { $number }).

# "Bapak/Ibu hadir?"
reminder-comes =
    { $shared ->
        [yes] *{ $name } hadir?* Tekan tombolnya, atau tulis HADIR atau TIDAK HADIR dengan namanya.
       *[no] *Bapak/Ibu hadir?* Tekan tombolnya, atau tulis HADIR atau TIDAK HADIR.
    }
choice-comes =
    { $shared ->
        [yes] { $name } hadir
       *[no] Hadir
    }
choice-comes-not =
    { $shared ->
        [yes] { $name } tidak hadir
       *[no] Tidak hadir
    }
coming-noted = Terima kasih, saya catat: *{ $name } hadir* di *{ $title }* ({ $code }), { DAY($starts) }, pukul { CLOCK($starts) } WIB. Sampai jumpa di lokasi.
coming-not-noted = Terima kasih kabarnya. Saya catat: *{ $name } tidak hadir* di sesi { $session }, *{ $title }* ({ $code }), { DAY($starts) }, pukul { CLOCK($starts) } WIB.
coming-which = Yang mana maksud Bapak/Ibu?
coming-which-choice = { $name }: { $title } ({ $code })
coming-over = Pertanyaan itu sudah tidak berlaku: jadwalnya berubah, kelasnya sudah mulai, atau pendaftarannya sudah tidak ada. Tulis “jadwal saya” untuk melihat yang berlaku sekarang.

# Melepas kursi.
free-seat-ask = Kursi { $name } (nomor { $number }) mau dilepas supaya bisa dipakai peserta lain? Kalau tidak dijawab, kursinya tetap disimpan.
free-seat-again = Tadi: kursi { $name } di *{ $title }* ({ $code }) dilepas, atau tetap disimpan?
choice-free-seat = Lepas kursi
choice-keep-seat = Tetap simpan
free-seat-kept = Baik, kursi *{ $name }* di *{ $title }* ({ $code }), nomor { $number }, tetap saya simpan.
free-seat-left = Baik, kursinya tetap saya simpan.
free-seat-freed = Kursinya sekarang untuk peserta lain. Kalau nanti bisa ikut, silakan mendaftar lagi.
free-seat-gone = Kursi itu sudah tidak ada, jadi tidak ada yang perlu dilepas. Tulis “status pendaftaran saya” untuk memastikan.

# Pengaturan pengingat.
reminders-head = Pengingat untuk *{ $name }* saya kirim:
reminders-offset =
    • { $unit ->
        [days] { $count } hari
        [hours] { $count } jam
       *[minutes] { $count } menit
    } sebelum sesi dimulai
reminders-none = Pengingat untuk *{ $name }* mati: tidak ada yang saya kirim sebelum kelas. Perubahan jadwal tetap saya kabari. Tulis “hidupkan pengingat” untuk menyalakannya lagi.
reminders-next = Pengingat berikutnya: { DAY($due) }, pukul { CLOCK($due) } WIB, untuk { $title } ({ $code }).
reminders-all-past = Untuk kelas yang akan datang tidak ada pengingat lagi: waktunya sudah lewat.
reminders-no-class = Saat ini belum ada kelas yang Bapak/Ibu ikuti. Pengingatnya berlaku begitu terdaftar.
reminders-stopped = Tetapi Bapak/Ibu pernah menulis STOP, jadi pengingat belum saya kirim. Tulis MULAI untuk menyambungnya lagi.
reminders-changed = Baik, sudah saya ubah.
reminders-on = Baik, pengingat menyala seperti biasa.
reminders-there = Yang itu sudah ada.
reminders-not-there = Pengingat yang itu memang tidak ada, jadi tidak ada yang saya ubah.
reminders-earliest = Itu sudah yang paling awal: 14 hari sebelumnya.
reminders-outside = Pengingat bisa diatur dari 15 menit sampai 14 hari sebelum sesi, jadi yang itu tidak bisa. Belum ada yang saya ubah.
reminders-too-many = Paling banyak { $most } pengingat untuk satu sesi, jadi belum ada yang saya ubah. Misalnya tulis “pengingat 1 hari dan 2 jam saja”.
reminders-no-time = Jam pengirimannya mengikuti mulainya sesi, jadi tidak bisa dipilih; malam hari tidak pernah. Yang bisa diatur: berapa lama sebelumnya, misalnya “pengingat 1 hari dan 2 jam saja”.
reminders-left = Baik, pengingatnya tidak saya ubah.
choice-reminders-day = Sehari sebelumnya saja
choice-reminders-usual = Seperti biasa
choice-reminders-off = Matikan
profile-reminders-off = • Pengingat: tidak ada (dimatikan sendiri)
profile-reminder =
    • Pengingat (pilihan sendiri): { $unit ->
        [days] { $count } hari
        [hours] { $count } jam
       *[minutes] { $count } menit
    } sebelum sesi
