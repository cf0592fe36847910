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

# Yang salah pada pengumuman, untuk petugas

broadcast-fault-audience =
    Penerimanya belum terbaca, pada huruf ke-{ $at }: { $kind ->
        [too-long] tulisannya terlalu panjang
        [too-deep] terlalu banyak tanda kurung di dalam kurung
        [too-many] terlalu banyak gabungan and dan or
        [no-value] nilainya kosong
        [not-here] “{ $found }” tidak pada tempatnya
        [not-closed] tanda kurungnya belum ditutup
        [missing] masih ada yang kurang di akhir
        [needs-value] “{ $found }” perlu nilai
        [takes-no-value] “{ $found }” tidak perlu nilai
        [bad-value] “{ $found }” tidak ada
        [unknown-area] tidak ada wilayah dengan kode itu di “{ $found }”
        [unknown-wave] gelombang di “{ $found }” tidak ada
        [unknown-training] kelas di “{ $found }” tidak ada
       *[unknown] “{ $found }” tidak dikenal
    }.
    { $many ->
        [0] Contoh: wave=3 and status=confirmed
       *[other] Yang bisa: { $possible }
    }
broadcast-fault-text = { $kind ->
    [empty] Teksnya kosong.
    [too-long] Teksnya terlalu panjang: { $found } huruf, paling banyak { $most }.
    [no-wave] Untuk {"{"}gelombang{"}"} penerimanya harus menyebut satu gelombang, misalnya wave=3.
   *[unknown-placeholder] “{ $found }” tidak dikenal. Yang bisa: {"{"}nama{"}"}, {"{"}koperasi{"}"}, {"{"}gelombang{"}"}.
  }
broadcast-fault-file = { $kind ->
    [too-large] Berkasnya lebih dari 10 MB.
   *[other-kind] Berkasnya bukan PDF atau gambar (JPEG, PNG).
  }

# Kepada petugas yang mengirimnya, begitu selesai

broadcast-done = ✅ Siaran { $id } selesai.
broadcast-done-counts = Terkirim ke { $sent } dari { $persons } orang.
broadcast-done-faults = Gagal { $failed }, tidak pasti { $uncertain }, tidak dikirim { $unsent }.

# Mengapa seseorang tidak terjangkau

call-reason = { $why ->
    [no-number] tidak ada nomor
    [no-contact] belum pernah menulis ke bot
    [stopped] sudah menulis STOP
    [blocked] memblokir bot
    [no-such-chat] chat-nya sudah tidak ada
    [must-confirm] nomor lama diam, namanya belum dipastikan
    [sample] nomor contoh
    [unlinked] nomornya sudah bukan miliknya
    [forgotten] pesannya sudah tidak disimpan
    [uncertain] tidak pasti sampai
    [not-sent] belum dikirim
   *[other] gagal dikirim
  }
