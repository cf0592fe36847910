# Ubah data sendiri: permintaan yang diputuskan petugas.

profile-noted = Baik, saya catat untuk perubahan datanya.
profile-ask-field = Yang bisa saya teruskan ke petugas: *nama*, *nomor HP*, atau *jabatan dan koperasi* Bapak/Ibu. Mana yang mau diubah?
profile-ask-field-again = Mana yang mau diubah: nama, nomor HP, atau jabatan dan koperasi?
profile-ask-name = Di daftar tertulis *{ $name }*. Mohon tulis nama lengkap yang benar, dengan gelarnya kalau ada.
profile-ask-name-again = Mohon tulis nama lengkap yang benar.
profile-name-same = Namanya sudah tercatat seperti itu: *{ $name }*.
profile-ask-phone = Ada dua cara. Tulis kepada saya *dari nomor yang baru* dan perkenalkan diri di sana, atau tulis *nomor barunya* di sini supaya saya teruskan ke petugas.
profile-ask-phone-again = Mohon tulis nomor HP yang baru, misalnya 0812 3456 7890.
profile-phone-bad = Maaf, itu bukan nomor HP yang bisa saya baca. Mohon tulis lagi nomor yang baru, misalnya 0812 3456 7890.
profile-phone-sample = Ini data contoh: di sini hanya nomor contoh (+62 000 …) yang bisa dipakai. Nomor HP biasa diterima setelah kantor memuat data yang sebenarnya. Mohon tulis nomor contoh, misalnya +62 000 1234 5678.
profile-phone-same = Nomor { $phone } sudah tercatat untuk Bapak/Ibu.
profile-ask-cooperative = Koperasi yang mana? Tulis nama kelurahan atau desanya.
profile-cooperative-unknown = Koperasi itu tidak saya temukan di daftar. Mohon tulis nama kelurahan atau desanya.
profile-ask-title = Jabatannya sekarang apa? Kalau koperasinya yang berubah, tulis nama kelurahan atau desanya. Kalau tidak menjabat lagi, tulis “sudah tidak menjabat”.
profile-ask-title-again = Jabatannya sekarang apa?
profile-ask-replaces = Jabatan itu menggantikan yang mana?
profile-position-same = Bapak/Ibu sudah tercatat sebagai { title-name }, { $cooperative }.
profile-confirm-name = Nama di daftar: dari *{ $from }* menjadi *{ $to }*.
profile-confirm-phone = Nomor HP baru: *{ $phone }*. Nomor yang lama tetap tercatat.
profile-confirm-phone-gone = Nomor HP baru: *{ $phone }*, menggantikan { $gone } yang tidak dipakai lagi.
profile-confirm-position = Jabatan: dari { old-title-name }, { $oldCooperative } menjadi *{ title-name }, { $cooperative }*.
profile-confirm-position-new = Jabatan tambahan: *{ title-name }, { $cooperative }*.
profile-sure = Saya teruskan ke petugas? Jawab Ya kalau sudah benar.
profile-requested = ✅ Permintaannya saya teruskan ke petugas, nomor *{ $number }*.
profile-replaced = Permintaan sebelumnya untuk hal yang sama saya ganti dengan yang ini.
profile-until-then = Jawabannya saya kirim di chat ini. Sampai disetujui, data yang lama tetap berlaku.
profile-left = Baik, tidak ada yang diubah.
profile-of-another = Data seorang pengurus hanya bisa diubah oleh yang bersangkutan: mohon beliau menulis sendiri kepada saya dari nomornya, atau sekretaris koperasi menyampaikannya ke kantor.
profile-asleep = Tadi perubahan data Bapak/Ibu belum selesai. Mau dilanjutkan?
choice-go-on-profile = Lanjutkan ubah data

choice-profile-name = Nama
choice-profile-phone = Nomor HP
choice-profile-position = Jabatan atau koperasi
choice-profile-beside = Tidak menggantikan, jabatan tambahan
choice-title = { title-name }
choice-cooperative = { $name }

profile-waiting = • Menunggu petugas ({ $number }): { $field ->
    [name] nama menjadi { $to }
    [phone] nomor HP { $to }
    [ended] jabatan { $from } berakhir
   *[position] jabatan { $to }
  }

# Jawaban petugas

profile-wish = { $field ->
    [name] nama menjadi { $name }
    [phone] nomor HP { $phone }
    [phone-lost] nomor HP yang baru
    [ended] jabatan { title-name }, { $cooperative }, berakhir
   *[position] jabatan { title-name }, { $cooperative }
  }
profile-approved = ✅ Perubahan data disetujui petugas: *{ profile-wish }*.
profile-phone-gone = Nomor yang lama sudah dihapus dari data Bapak/Ibu. Supaya chat ini tetap saya kenali, tekan tombol di bawah untuk mengirim nomor yang baru.
profile-refused = Perubahan data tidak disetujui petugas: { profile-wish }. Data yang lama tetap berlaku. Kalau memang keliru, mohon sekretaris koperasi menyampaikannya ke kantor.
old-title-name = { $oldTitle ->
    [ketua] Ketua
    [wakil_ketua] Wakil Ketua
    [wakil_ketua_usaha] Wakil Ketua Bidang Usaha
    [wakil_ketua_anggota] Wakil Ketua Bidang Anggota
    [sekretaris] Sekretaris
    [bendahara] Bendahara
    [ketua_pengawas] Ketua Pengawas
    [anggota_pengawas] Anggota Pengawas
   *[manajer] Manajer
  }

# Tidak menjabat lagi

profile-end-none = Di daftar tidak ada jabatan atas nama Bapak/Ibu, jadi tidak ada yang perlu diakhiri.
profile-ask-ends = Jabatan yang mana yang sudah tidak dipegang?
profile-confirm-end = Jabatan *{ title-name }, { $cooperative }* saya minta diakhiri.
profile-end-cancels = • Pendaftaran di { $class } ({ $code }), nomor { $number }, ikut dibatalkan kalau petugas setuju.
profile-end-keeps = • Pendaftaran di { $class } ({ $code }), nomor { $number }, tetap, atas jabatan Bapak/Ibu yang lain.
profile-end-substitute = Kalau kursi di { $code } mau diteruskan ke rekan sekoperasi, jawab Tidak dulu, lalu tulis “saya digantikan …”.
profile-ended-registration = Pendaftaran di { $title } ({ $code }), nomor { $number }, dibatalkan karena itu.
