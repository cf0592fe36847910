# Orang yang nomornya tidak ada di daftar: perkenalan, menunggu kantor, disetujui atau tidak.

stranger = Nomor ini belum ada di daftar pengurus, pengawas, dan manajer koperasi. Pertanyaan soal jadwal, tempat, dan syarat tetap saya jawab. Kalau Bapak/Ibu mau ikut Bimtek, tulis “daftar”: saya tanyakan nama, koperasi, dan jabatannya, lalu kantor yang menyetujui.
stranger-nothing = Nomor ini belum ada di daftar pengurus koperasi, jadi belum punya pendaftaran. Tulis “daftar” kalau mau ikut Bimtek.

introduce-consent =
    Nomor ini belum ada di daftar pengurus, pengawas, dan manajer koperasi. Bapak/Ibu tetap bisa mendaftar: saya tanyakan nama, koperasi, dan jabatan, lalu *menunggu persetujuan kantor*.

    Untuk itu saya menyimpan nama, nomor HP, jabatan, koperasi, pendaftaran, dan isi chat ini. Data itu hanya dipakai untuk penyelenggaraan Bimtek sesuai UU 27/2022 dan bisa diminta untuk dihapus.

    Apakah Bapak/Ibu setuju?
introduce-consent-again = Untuk itu tadi: apakah Bapak/Ibu *setuju* nama, nomor HP, koperasi, dan jabatannya saya simpan?
introduce-refused = Baik, tidak ada nama, koperasi, atau jabatan yang saya simpan. Pertanyaan umum soal jadwal dan tempat tetap saya jawab; pendaftaran bisa melalui surat dari koperasi kepada kantor. Kalau berubah pikiran, tulis “daftar”.
introduce-left = Baik, perkenalannya tidak jadi dan tidak ada yang saya simpan. Tulis “daftar” kapan saja kalau berubah pikiran.
introduce-asleep = Tadi perkenalan Bapak/Ibu belum selesai. Mau dilanjutkan?

introduce-name = Siapa *nama lengkap* Bapak/Ibu?
introduce-name-again = Siapa nama lengkap Bapak/Ibu?
introduce-name-wrong = Maaf, itu belum bisa saya catat sebagai nama: 3 sampai 80 huruf, tanpa angka.
introduce-kelurahan = Koperasi Merah Putih di *kelurahan atau desa* mana?
introduce-kelurahan-again = Koperasi Bapak/Ibu di kelurahan atau desa mana?
introduce-kelurahan-which = Kelurahan atau desa yang mana?
introduce-kelurahan-in = Di Kecamatan { $kecamatan }, kelurahan atau desa yang mana?
introduce-kelurahan-unknown = Kelurahan atau desa “{ $place }” tidak saya temukan di daftar Kepulauan Riau. Tulis nama kelurahan atau desa beserta kecamatannya.
introduce-office = Apa *jabatan* Bapak/Ibu di koperasi?
introduce-office-wakil = Wakil ketua bidang apa?
introduce-office-none = Terima kasih sudah mau ikut. Bimtek ini untuk pengurus, pengawas, dan manajer koperasi; staf, karyawan, dan operator belum termasuk. Kalau Bapak/Ibu juga memegang salah satu jabatan itu, sebutkan saja. Kalau tidak, petugas kantor yang memutuskan: tanyakan lewat “Tanya petugas”.
choice-ask-staff = Tanya petugas
introduce-sure-name = Saya catat:
    • Nama: *{ $name }*
introduce-sure-office = • Jabatan: { title-name }
introduce-sure-place = • { $cooperative } ({ $kind ->
        [desa] Desa
       *[kelurahan] Kelurahan
      } { $kelurahan }, Kecamatan { $kecamatan })
introduce-sure = Sudah benar? Kalau ada yang keliru, tulis saja yang benar.
introduce-sure-again = Tadi saya catat *{ $name }*, { title-name }, { $kelurahan }, Kecamatan { $kecamatan }. Sudah benar?
introduce-wrong = Bagian mana yang keliru?
choice-kelurahan-of = { $kelurahan }, Kecamatan { $kecamatan }
choice-kelurahan = { $kelurahan }
choice-office = { title-name }
choice-introduced = { $slot ->
    [name] Nama
    [kelurahan] Kelurahan atau desa
   *[office] Jabatan
  }
register-left-waits = Baik, belum ada kelas yang dipilih; data Bapak/Ibu tetap menunggu persetujuan kantor. Tulis “daftar” untuk memilih kelas, atau “batalkan pendaftaran saya” untuk menarik kembali.
choice-status = Status pendaftaran

introduced-now = Terima kasih, *{ $name }*. Data Bapak/Ibu menunggu persetujuan kantor.
introduced = Terima kasih, *{ $name }*, sudah saya catat.
waits-for-office = { $name }, data Bapak/Ibu sebagai { title-name } { $cooperative } *menunggu persetujuan kantor*. Hasilnya saya kabari di chat ini.
waits-no-class = Kelasnya sudah bisa dipilih sekarang: tulis “daftar”.
waits-new-number = Data Bapak/Ibu masih menunggu persetujuan kantor, jadi nomornya belum bisa diganti di sini. Tulislah kepada saya *dari nomor yang baru* dan perkenalkan diri di sana; yang dari nomor ini bisa ditarik kembali dengan “batalkan pendaftaran saya”.
waits-line = • Menunggu persetujuan kantor: { title-name }, { $cooperative }

# Pendaftaran yang menunggu kantor

requested =
    ⏳ Pendaftaran Bapak/Ibu *menunggu persetujuan kantor*.
    Nomor: *{ $number }*
requested-no-seat = Belum ada kursi yang dipegang; hasilnya saya kabari di chat ini.
requested-full = { $code } sekarang penuh: kalau disetujui, Bapak/Ibu masuk daftar tunggu.
requested-what-then = Tulis “status pendaftaran saya” untuk melihatnya, atau “batalkan pendaftaran saya” untuk menarik kembali.
change-when-agreed = Pindah kelas bisa sesudah kantor menyetujui.

withdraw-sure = Pendaftaran dan data { $name } yang menunggu persetujuan kantor ditarik kembali. Yakin?
withdraw-left = Baik, tetap menunggu persetujuan kantor.
introduction-withdrawn = Sudah saya tarik kembali; tidak ada lagi yang menunggu di kantor. Tulis “daftar” kapan saja kalau berubah pikiran.
introduction-withdrawn-kept = Nama dan nomor HP Bapak/Ibu masih tersimpan, karena ada catatan yang lebih lama. Kalau itu pun mau dihapus, tulis “hapus data saya”.

# Kabar dari kantor

office-approved = ✅ Data *{ $name }* sudah disetujui kantor: { title-name }, { $cooperative }. Sekarang Bapak/Ibu bisa mendaftar Bimtek.
office-refused = Data { $name } sebagai { title-name } { $cooperative } belum bisa disetujui kantor.
office-what-then = Mintalah sekretaris koperasi atau lurah/kepala desa menyampaikan nama, jabatan, dan nomor HP Bapak/Ibu ke kantor, lalu tulis “daftar” lagi di sini.
already-as-officer = Bapak/Ibu sudah punya pendaftaran { $number } ({ $code }) untuk bidang yang sama.
