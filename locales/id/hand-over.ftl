# Petugas kantor yang membalas: kepada pengurus.

hand-over-opened = Baik, Bapak/Ibu, percakapan ini saya teruskan ke *petugas kantor*. Petugas membaca isi chat ini dan membalas di sini.
hand-over-complaint = Mohon maaf atas ketidaknyamanannya, Bapak/Ibu. Keluhan ini saya teruskan ke *petugas kantor*. Petugas membaca isi chat ini dan membalas di sini.
hand-over-write = Silakan tulis keperluannya sekarang. Kalau tidak jadi, tulis BATAL.
hand-over-call-off = Kalau tidak jadi, tulis BATAL.
hand-over-waits = Percakapan ini sudah menunggu petugas sejak { DAY($since) } pukul { CLOCK($since) } WIB.
hand-over-noted = Yang ini saya catat untuk petugas; petugas membalas di sini. Soal jadwal dan pendaftaran tetap bisa saya jawab.
hand-over-called-off = Baik, petugas tidak jadi dipanggil. Ada yang bisa saya bantu?
hand-over-closed = Percakapan dengan petugas sudah selesai. Sekarang saya, asisten Bimtek, yang menjawab lagi. Kalau masih perlu petugas, tulis “petugas”.
hand-over-lapsed = Percakapan dengan petugas sudah berakhir karena lama tidak ada pesan. Sekarang saya, asisten Bimtek, yang menjawab lagi. Kalau masih perlu petugas, tulis “petugas”.
hand-over-unanswered = Mohon maaf, pesan Bapak/Ibu belum dibalas. Petugas saya ingatkan lagi, dan pesannya tetap menunggu. Sementara itu soal jadwal dan pendaftaran bisa saya jawab.
office-open = Kantor sedang buka, sampai pukul { CLOCK($until) } WIB.
office-opens = Kantor buka lagi { DAY($opens) }, pukul { CLOCK($opens) } WIB. Sampai saat itu pesannya menunggu di sini.
office-known = Nomor telepon dan alamat kantor belum ada di data saya, tetapi petugas bisa dihubungi lewat chat ini.
office-offer = Mau saya sambungkan ke petugas?
staff-offer = Maaf, itu belum bisa saya jawab. Mau saya sambungkan ke petugas kantor?
staff-declined = Baik, tidak saya sambungkan. Ada yang lain yang bisa saya bantu?
staff-not-in-group = Petugas membalas di chat pribadi, bukan di grup. Silakan tulis langsung kepada saya.
form-staff-offer = Maaf, saya belum menangkap maksudnya. Kalau mau dibantu petugas, pilih *Bicara dengan petugas*.
choice-staff = Bicara dengan petugas
choice-to-staff = Ya, sambungkan
choice-not-to-staff = Tidak usah
staff-here = *Petugas { $name }* sekarang membaca dan membalas di sini. Selama itu saya, asisten Bimtek, tidak menjawab; kode hadir, tombol, dan STOP tetap berlaku.
staff-here-office = *Petugas kantor* sekarang membaca dan membalas di sini. Selama itu saya, asisten Bimtek, tidak menjawab; kode hadir, tombol, dan STOP tetap berlaku.
staff-says = *Petugas { $name }:*
staff-says-office = *Petugas kantor:*

# Kepada petugas.

reason-name = { $reason ->
    [complaint] keluhan
    [not_understood] asisten tidak paham
   *[wish] minta petugas
  }
staff-hand-over = 🙋 *#{ $id }* menunggu petugas ({ reason-name })
staff-hand-over-again = 🙋 *#{ $id }* menunggu lagi ({ reason-name })
staff-hand-over-words = Pesannya:
staff-hand-over-since = Menunggu sejak { SHORTDAY($at) } pukul { CLOCK($at) } WIB.
staff-officer-says = 💬 *{ $name }* (#{ $id }):
staff-words-lost = ⚠️ Pesan Bapak/Ibu kepada { $name } (#{ $id }) *tidak sampai*:
staff-words-uncertain = ⚠️ Pesan Bapak/Ibu kepada { $name } (#{ $id }) *mungkin tidak sampai*:
staff-words-call = Silakan telepon { $phone }.
officer-with-office = { $name }, { title-name }, { $cooperative }
officer-without-office = { $name } (tanpa jabatan)
officer-unknown = { $name } (belum dikenal)
officer-phone = { $phone }
officer-unsure = Nomor ini lama diam; namanya belum dipastikan lagi.
kind-for-staff = { $kind ->
    [voice] 🎤 (pesan suara)
    [picture] 🖼 (gambar)
    [sticker] (stiker)
    [document] 📎 (dokumen)
    [button] (menekan pilihan)
   *[other] (bukan teks)
  } { $caption }
choice-hand-over = { $does ->
    [take] Ambil #{ $id }
    [show] Lihat #{ $id }
    [write] Tulis kepada #{ $id }
    [reopen] Buka lagi #{ $id }
    [back] Kembalikan #{ $id } ke antrian
   *[close] Tutup #{ $id }
  }
staff-reply-here = Balas pesan ini (kutip) untuk menjawab.
queue-empty = Tidak ada yang menunggu petugas.
queue-head = Antrian: { $count } percakapan
queue-line = • *#{ $id }* { $name } – { reason-name }, menunggu { queue-waited }
queue-line-mine = • *#{ $id }* { $name } – Bapak/Ibu yang pegang, sejak { queue-waited }; { $unheard ->
    [0] tidak ada pesan baru
   *[other] *{ $unheard } pesan belum dibalas*
  }
queue-waited = { $days ->
    [0] { $hours ->
        [0] { $minutes } menit
       *[other] { $hours } jam { $minutes } menit
      }
   *[other] { $days } hari { $hours } jam
  }
queue-more = dan { $count } lagi sesudahnya
queue-others = { $count } percakapan dipegang petugas lain.
queue-how = Isi percakapan: tulis misalnya /antrian 7.
queue-shown = *#{ $id }* ({ reason-name }), { $state ->
    [open] menunggu petugas
    [mine] Bapak/Ibu yang pegang
    [office] dibalas lewat komputer kantor
    [closed] sudah ditutup
   *[taken] dipegang { $by }
  }
queue-said = { SHORTDAY($at) } { CLOCK($at) } *Pengurus:*
queue-bot = { SHORTDAY($at) } { CLOCK($at) } *Bot:*
queue-staff = { SHORTDAY($at) } { CLOCK($at) } *{ $name }:*
queue-took = ✍️ *#{ $id }* sekarang Bapak/Ibu yang pegang. *Mulai sekarang semua yang Bapak/Ibu tulis di chat ini dikirim kepada { $name }*, sampai Bapak/Ibu menulis SELESAI. Pesan dari { $name } masuk ke sini.
queue-sent = ✓ Dikirim kepada { $name } (#{ $id }).
queue-sent-on = Berikutnya juga dikirim; tulis SELESAI untuk berhenti.
queue-writing-ended = Tulisan Bapak/Ibu tidak lagi dikirim kepada #{ $id }; percakapannya tetap Bapak/Ibu pegang. Balas (kutip) pesannya untuk menjawab.
queue-back = #{ $id } kembali ke antrian; petugas lain diberi tahu.
queue-ended = #{ $id } ditutup; bot menjawab lagi, dan pengurus sudah diberi tahu.
queue-left = Masih { $count } percakapan menunggu: /antrian
queue-closed = #{ $id } sudah ditutup, jadi tidak ada yang dikirim.
queue-taken-by = #{ $id } sudah diambil { $by }.
queue-gone = Percakapan itu sudah tidak ada.
queue-only-text = Hanya tulisan yang bisa diteruskan; ini tidak dikirim.
queue-too-long = Terlalu panjang ({ $length } huruf, paling banyak { $most }); tidak dikirim.
queue-unreachable = Pengurus ini tidak bisa dihubungi lewat chat ({ $why ->
    [blocked] bot diblokir
    [no-such-chat] chatnya tidak ada lagi
   *[other] pesan terakhir tidak sampai
  }), jadi tidak ada yang dikirim. Silakan telepon.
choice-antrian = Antrian

# Di salinan data.

copy-hand-overs = DITERUSKAN KE PETUGAS
copy-hand-over = • { DATE($at) } pukul { CLOCK($at) } WIB ({ reason-name }): { $state ->
    [open] menunggu petugas
    [taken] dibalas petugas
   *[closed] sudah selesai
  }
