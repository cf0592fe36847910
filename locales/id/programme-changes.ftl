# Pertemuan yang dipindahkan atau dibatalkan.

notice-session-held-line = 🗓 { $session }: jadi dilaksanakan *{ DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB*
notice-session-cancelled =
    ⚠️ *Pertemuan dibatalkan* untuk { $name }
    Kelas *{ $training }* ({ $code })
notice-session-cancelled-line = 🗓 { $session }, { DAY($from) } pukul { CLOCK($from) } WIB: *tidak dilaksanakan*
notice-reason = Keterangan petugas: { $reason }
notice-called-off = Tanggal penggantinya akan saya kabarkan di chat ini. Pendaftaran Bapak/Ibu tetap tersimpan.
notice-called-off-instead = Kalau tidak ingin menunggu, Bapak/Ibu bisa pindah ke kelas lain atau membatalkan pendaftaran.
notice-offer-withdrawn = Tawaran kursi untuk { $name } saya tarik dulu; urutannya di daftar tunggu tetap.
notice-rest = Pertemuan lainnya tetap dilaksanakan:
notice-rest-line = 🗓 { $session }: { DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB
notice-pending-stays = Pendaftaran { $name } tetap menunggu persetujuan petugas.
notice-waiting-stays = { $name } tetap di daftar tunggu dengan urutan yang sama.
notice-offer-stays = Kursi yang ditawarkan kepada { $name } masih ditahan: balas *AMBIL { $code }* atau *LEPAS { $code }*.
notice-read = Terima kasih, Bapak/Ibu. Sudah saya catat bahwa kabar ini terbaca.

choice-read = Sudah baca
choice-change = Pindah kelas

# Kelas yang semua pertemuannya dibatalkan

training-called-off = 🗓 *Dibatalkan untuk sementara*; tanggal penggantinya belum ditetapkan.
list-line-called-off = • *{ $code }* { $title }: dibatalkan untuk sementara, tanggal penggantinya belum ditetapkan
refused-called-off = Maaf, { $title } ({ $code }) dibatalkan untuk sementara dan belum ada tanggal penggantinya, jadi belum bisa didaftar.
attendance-called-off = Terima kasih kabarnya. *{ $title }* ({ $code }) dibatalkan untuk sementara; tanggal penggantinya akan saya kabarkan. Pendaftaran { $number } tetap tersimpan.
