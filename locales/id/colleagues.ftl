# Peserta pengganti, dan rekan yang didaftarkan oleh orang lain.

form-asleep-change = Tadi pindah kelasnya belum selesai. Mau dilanjutkan?
form-asleep-substitute = Tadi peserta penggantinya belum selesai diatur. Mau dilanjutkan?
form-asleep-colleague = Tadi pendaftaran rekan Bapak/Ibu belum selesai. Mau dilanjutkan?
choice-go-on-change = Lanjutkan pindah kelas
choice-go-on-substitute = Lanjutkan peserta pengganti
choice-go-on-colleague = Lanjutkan pendaftaran rekan

# Siapa yang dimaksud

choice-colleague = { $name }, { title-name }
choice-myself = Saya sendiri
colleague-several = Ada lebih dari satu orang yang cocok.
colleague-more = (Ada { $count } orang lagi; tulis saja namanya.)
colleague-unknown = *{ $name }* belum ada dalam daftar koperasi Bapak/Ibu. Supaya bisa ikut, sekretaris koperasi menyampaikan nama, jabatan, dan nomornya ke kantor, atau yang bersangkutan memperkenalkan diri dari nomornya sendiri di chat ini.
colleague-not-found = Itu belum saya temukan dalam daftar koperasi Bapak/Ibu.
colleague-possible = Dari chat ini hanya yang ada dalam daftar koperasi yang bisa. Pilih saja dari yang ini, atau “Orang baru” kalau orangnya belum ada.
colleague-new = Orang yang belum ada dalam daftar didaftarkan petugas dari surat koperasi: sekretaris menyampaikan nama, jabatan, dan nomornya ke kantor. Atau ia menulis sendiri ke chat ini dari nomornya, menyebut nama, koperasi, dan jabatannya.
choice-new-person = Orang baru
colleague-no-office = Dalam daftar koperasi Bapak/Ibu belum ada { title-name } yang lain.
colleague-cannot = { $why ->
    [wrong-role] { $name } tidak bisa: { $title } ({ $code }) bukan untuk jabatannya.
    [wrong-area] { $name } tidak bisa: { $title } ({ $code }) bukan untuk wilayah koperasinya.
    [not-open-yet] { $name } belum bisa didaftarkan: pendaftaran { $title } ({ $code }) belum dibuka.
    [closed] { $name } tidak bisa didaftarkan: pendaftaran { $title } ({ $code }) sudah ditutup.
    [begun] { $title } ({ $code }) sudah dimulai, jadi pesertanya tidak bisa diubah lagi.
    [already-registered] { $name } tidak bisa: sudah punya pendaftaran untuk bidang ini, satu orang satu pendaftaran per bidang.
    [track-completed] { $name } tidak perlu ikut lagi: sudah menyelesaikan Bimtek bidang ini.
    [overlap] { $name } tidak bisa: waktunya bersamaan dengan Bimtek lain yang diikutinya.
    [cooperative-cap] { $name } tidak bisa: jatah koperasi di { $title } ({ $code }) sudah habis, paling banyak { $cap } orang per koperasi.
    [full] { $title } ({ $code }) sudah penuh.
   *[none] Saat ini tidak ada kelas yang bisa diikuti { $name }.
  }

# Peserta pengganti

substitute-rule = Peserta boleh digantikan orang lain dari koperasi yang sama, yang jabatannya sesuai dengan kelasnya. Penggantinya menyetujui dari nomornya sendiri; yang tidak memakai chat dipastikan petugas.
substitute-which = Kursi yang mana yang digantikan?
substitute-who = Siapa yang menggantikan { $name } di *{ $title }* ({ $code })? Pengganti harus dari koperasi yang sama.
substitute-who-else = { $colleague } sudah saya tanya untuk menggantikan { $name } di *{ $title }* ({ $code }) dan belum menjawab. Kalau mau orang lain, siapa?
substitute-nobody = Dari koperasi Bapak/Ibu tidak ada orang lain dalam daftar yang bisa ikut { $code }. Pendaftaran Bapak/Ibu tetap. Kalau sama sekali tidak bisa ikut, tulis “batalkan pendaftaran saya”.
substitute-confirm = *{ $name }* digantikan *{ $colleague }*, { $office ->
    [ketua] Ketua
    [wakil_ketua] Wakil Ketua
    [wakil_ketua_usaha] Wakil Ketua Bidang Usaha
    [wakil_ketua_anggota] Wakil Ketua Bidang Anggota
    [sekretaris] Sekretaris
    [bendahara] Bendahara
    [ketua_pengawas] Ketua Pengawas
    [anggota_pengawas] Anggota Pengawas
   *[manajer] Manajer
  }, di *{ $title }* ({ $code })?
substitute-stays = Sampai disetujui penggantinya, kursi tetap atas nama Bapak/Ibu.
substitute-asked = Baik, *{ $colleague }* saya tanya di nomornya sendiri apakah bersedia menggantikan { $name }.
substitute-asked-here = Baik. *{ $colleague }* memakai nomor ini juga, jadi pertanyaannya saya kirim di sini.
substitute-for-staff = *{ $colleague }* belum bisa dihubungi lewat chat ini. Permintaannya saya teruskan ke petugas, yang akan memastikannya.
substitute-already = *{ $colleague }* sudah ditanya untuk { $code } dan belum menjawab.
substitute-until-then = Sampai ada jawaban, kursi di { $title } ({ $code }) tetap atas nama { $name }. Hasilnya saya kabari. Kalau berubah pikiran, tulis “tidak jadi diganti”.
substitute-try-again = Kalau mau orang lain, tulis “ganti peserta”.
substitute-gone = Itu tidak bisa lagi: pendaftaran atau daftar koperasinya sudah berubah. Tulis “status pendaftaran saya” untuk melihat yang sekarang.
substitute-left = Baik, tidak jadi diganti. Pendaftaran Bapak/Ibu tetap.
substitute-nothing = { $name } belum terdaftar di Bimtek yang akan datang, jadi tidak ada kursi yang bisa digantikan orang lain.
substitute-other-way = Kalau Bapak/Ibu yang akan menggantikan rekan: mintalah pemilik kursinya menulis “saya digantikan …” dari nomornya. Pertanyaannya lalu sampai di sini, dan cukup dijawab Ya.
substitute-begun = { $title } ({ $code }) sudah dimulai, jadi pesertanya tidak bisa diganti lagi.
substitute-no-seat = { $name } belum punya kursi di { $title } ({ $code }): { state-name }. Yang bisa digantikan orang lain hanya kursi yang sudah didapat.
substitute-confirmed = ✅ *{ $name }* menggantikan Bapak/Ibu di *{ $title }* ({ $code }). Kursi Bapak/Ibu sekarang atas namanya, nomor *{ $number }*.
substitute-refused = { $name } tidak jadi menggantikan Bapak/Ibu di *{ $title }* ({ $code }). Kalau mau orang lain, tulis “ganti peserta”.
substitute-refused-rule = { $name } tidak bisa menggantikan Bapak/Ibu di *{ $title }* ({ $code }): aturan kelasnya tidak terpenuhi lagi. Kalau mau orang lain, tulis “ganti peserta”.

# Mendaftarkan rekan

colleague-who = Yang didaftarkan siapa: Bapak/Ibu sendiri, atau siapa dari koperasi Bapak/Ibu?
colleague-nobody = Dari koperasi Bapak/Ibu tidak ada orang lain dalam daftar yang bisa didaftarkan.
colleague-choose = Untuk { $name } ada { $count } kelas. Didaftarkan di mana?
colleague-choose-again = Di kelas mana { $name } didaftarkan?
colleague-confirm = Saya daftarkan *{ $name }*, { title-name } { $cooperative }, untuk:
colleague-sure = Sudah benar? Sebelum terdaftar, { $name } saya mintai persetujuan dulu.
colleague-sure-again = Pendaftaran *{ $name }* di *{ $title }* ({ $code }): sudah benar?
colleague-full = Kelas itu sekarang penuh: kalau setuju, { $name } masuk daftar tunggu.
colleague-asked = Baik, *{ $name }* saya tanya di nomornya sendiri untuk { $title } ({ $code }). Sesudah setuju baru terdaftar, dan Bapak/Ibu saya kabari.
colleague-asked-here = Baik. *{ $name }* memakai nomor ini juga, jadi pertanyaan untuk { $title } ({ $code }) saya kirim di sini. Sesudah dijawab setuju baru terdaftar.
colleague-for-staff = *{ $name }* belum bisa dihubungi lewat chat ini. Pendaftarannya di { $title } ({ $code }) saya teruskan ke petugas, yang akan memastikannya; hasilnya saya kabari.
colleague-left = Baik, pendaftaran rekan Bapak/Ibu tidak jadi.
colleague-confirmed = ✅ *{ $name }* sudah terdaftar di *{ $title }* ({ $code }), nomor *{ $number }*.
colleague-waiting = { $name } masuk daftar tunggu *{ $title }* ({ $code }), urutan ke-{ $place }, nomor { $number }.
colleague-refused = { $name } tidak jadi didaftarkan di *{ $title }* ({ $code }).
colleague-refused-rule = { $name } tidak bisa didaftarkan di *{ $title }* ({ $code }): aturan kelasnya tidak terpenuhi lagi.

# Pertanyaan kepada rekan

request-substitute = *{ $name }*, apakah bersedia *menggantikan { $asker }* di:
request-register = *{ $name }*, apakah bersedia *ikut Bimtek*? { $asker } ingin mendaftarkan Bapak/Ibu di:
request-how = Balas *IKUT { $code }* atau *TIDAK IKUT { $code }*. Boleh dijawab sampai kelasnya dimulai.
request-by-whom = Yang menjawab { $name } sendiri: tekan tombolnya, atau tulis “saya { $name }” dulu.
request-or-offer = Ada juga kursi yang ditawarkan: balas *AMBIL { $code }* atau *LEPAS { $code }*.
request-over = { $name }, permintaan untuk ikut { $title } ({ $code }) sudah berakhir. Tidak perlu dijawab lagi.
request-took-over = Bapak/Ibu menggantikan *{ $asker }*.
request-declined = Baik, saya sampaikan bahwa Bapak/Ibu tidak ikut { $title } ({ $code }).
request-gone = Permintaan itu sudah tidak berlaku: sudah dijawab, atau ditarik kembali.
request-ended = { $name }, permintaan untuk ikut { $title } ({ $code }) sudah ditarik kembali. Tidak perlu dijawab lagi.
request-unreached = { $name } tidak bisa menjawab lewat chat ini untuk { $title }. Petugas yang akan memastikannya.
choice-request-yes = { $shared ->
    [yes] Ya, { $name } ikut
   *[no] Ya, saya ikut
  }
choice-request-no = Tidak

# Ditarik kembali

choice-take-back = Tarik kembali permintaan
choice-withdraw = { $name }, { $code }
withdrawn-substitute = Baik, tidak jadi diganti { $name }. Kursi di *{ $title }* ({ $code }) tetap atas nama Bapak/Ibu.
withdrawn-colleague = Baik, { $name } tidak jadi didaftarkan di *{ $title }* ({ $code }).
withdraw-which = Yang mana yang tidak jadi?
withdraw-late = Permintaan itu sudah dijawab atau sudah ditarik kembali. Tulis “status pendaftaran saya” untuk melihat yang sekarang.
request-nothing = Tidak ada permintaan pengganti yang sedang berjalan. Tulis “status pendaftaran saya” untuk memastikan kursinya.
withdraw-taken-over = { $name } sudah menggantikan Bapak/Ibu di { $title } ({ $code }). Kalau ingin kembali, { $name } bisa minta digantikan Bapak/Ibu dari nomornya.

# Status

status-request-substitute = Menunggu jawaban { $name } untuk menggantikan Bapak/Ibu di { $code }.
status-request-colleague = Menunggu jawaban { $name }, yang Bapak/Ibu daftarkan di { $title } ({ $code }).

# Beberapa orang dalam satu pesan

parties-begun = Baik, { $count } orang, saya urus satu per satu: { $names }.
parties-noted = Baik, sesudah ini { $names }.
parties-dropped = Baik, { $names } tidak jadi.
parties-none = Tidak ada seorang pun dari koperasi Bapak/Ibu yang masih bisa didaftarkan sekarang: mungkin sudah terdaftar semua, atau belum ada kelas untuk jabatannya.
parties-left = { $names } juga belum saya daftarkan.
party-next = Berikutnya *{ $name }*.
party-skipped = Baik, dilewati.
choice-skip = Lewati
