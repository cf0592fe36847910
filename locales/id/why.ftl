# Mengapa sesuatu tidak bisa, atau tidak disetujui.

why-wrong-role = Setiap kelas dibuka kantor untuk jabatan tertentu, dan jabatan saya baca dari daftar koperasi. Kalau jabatan di daftar keliru, yang bersangkutan bisa menulis “jabatan saya salah”.
why-wrong-area = Setiap kelas dibuka kantor untuk wilayah tertentu, dan wilayah saya baca dari kelurahan atau desa koperasinya. Kalau koperasi di daftar keliru, yang bersangkutan bisa menulis “koperasi saya salah”.
why-not-open-yet = Pendaftaran hanya diterima selama masa pendaftaran gelombangnya, yang ditetapkan kantor.
why-closed = Pendaftaran hanya diterima selama masa pendaftaran gelombangnya, dan masa itu sudah lewat. Pengganti untuk kursi yang sudah didapat rekan sekoperasi masih bisa.
why-begun = Sesudah kelasnya dimulai, pesertanya tidak bisa ditambah atau diganti lagi lewat chat ini.
why-already-registered = Satu orang hanya boleh punya satu pendaftaran per bidang. Kalau mau kelas lain di bidang yang sama, tulis “pindah kelas”: kursi lama dilepas sesudah yang baru didapat.
why-track-completed = Bimtek bidang itu sudah tercatat selesai diikuti, dan kursinya untuk yang belum.
why-overlap = Satu orang tidak bisa hadir di dua kelas pada waktu yang sama. Kalau mau yang ini, pendaftaran yang waktunya bersamaan perlu dipindah atau dibatalkan dulu.
why-cooperative-cap = Jumlah peserta per koperasi dibatasi kantor. Kalau ada rekan sekoperasi yang batal, tempatnya bisa dipakai; atau peserta yang sudah terdaftar bisa digantikan.
why-full = Jumlah kursinya ditetapkan kantor dan tidak bisa saya lebihi. Kalau ada yang batal, kursinya ditawarkan menurut urutan daftar tunggu.
why-called-off = Kelas itu dibatalkan untuk sementara oleh kantor, jadi pendaftarannya ditutup sampai ada tanggal penggantinya.
why-registration-refused = Pendaftaran di { $title } ({ $code }), nomor { $number }, *tidak disetujui kantor*.
why-registration-lapsed = Kursi di { $title } ({ $code }), nomor { $number }, sudah ditawarkan, tetapi *sampai batas waktunya tidak diambil*, jadi ditawarkan ke yang berikutnya. Bapak/Ibu boleh mendaftar lagi.
why-registration-replaced = Kursi di { $title } ({ $code }), nomor { $number }, sudah *digantikan { $name }* dengan persetujuannya.
why-registration-cancelled = Pendaftaran di { $title } ({ $code }), nomor { $number }, *dibatalkan* { DAY($at) } pukul { CLOCK($at) } WIB; tidak ada keputusan petugas atau jabatan yang berakhir yang tercatat untuk itu. Selama kelasnya masih dibuka, Bapak/Ibu boleh mendaftar lagi.
why-office-ended = Pendaftaran di { $class } ({ $code }) dibatalkan karena jabatan { title-name }, { $cooperative }, di daftar *sudah berakhir*. Kalau itu keliru, mohon sekretaris koperasi menyampaikannya ke kantor.
why-nothing = Sekarang tidak ada permintaan Bapak/Ibu yang saya catat ditolak. Kalau ada kelas yang tidak bisa diikuti, sebutkan kelasnya (misalnya “daftar G3-A”), nanti saya sebutkan aturannya.
why-no-reason = Petugas tidak menuliskan alasannya.
