# Kehadiran: kode hadir, kabar berhalangan, hasil akhirnya.

check-in-ask = Baik, { $name }. Tulis *kode hadir* yang ditunjukkan petugas untuk sesi *{ $session }* ({ $code }): empat huruf dan angka, misalnya 7KQ2.
check-in-ask-again = Kode hadirnya apa? Empat huruf dan angka yang ditunjukkan petugas. Tulis “batal” kalau tidak jadi.
check-in-left = Baik, tidak jadi. Kehadirannya bisa dicatat kapan saja sampai sesinya selesai: tulis HADIR dan kodenya.
check-in-noted = ✅ *{ $name }* tercatat *hadir*, { DAY($at) }, pukul { CLOCK($at) } WIB.
check-in-session = Sesi: { $session } – { $title } ({ $code })
check-in-next = Sesi berikutnya { DAY($starts) }, pukul { CLOCK($starts) } WIB. Kodenya lain; mohon dicatat lagi waktu itu.
check-in-other = Kalau { $name } juga hadir, tulis: HADIR { $code } { $name }
check-in-already = *{ $name }* sudah tercatat hadir, { DAY($at) }, pukul { CLOCK($at) } WIB. Tidak perlu diulang.
check-in-for-whom = Kalau kodenya untuk orang lain di nomor ini, pilih namanya:
check-in-early = Belum waktunya, { $name }. Sesi *{ $session }* ({ $code }) dimulai { DAY($starts) }, pukul { CLOCK($starts) } WIB. Kode hadirnya berlaku mulai pukul { CLOCK($opens) } WIB; silakan tulis lagi waktu itu.
check-in-over = Kode itu untuk sesi *{ $session }* ({ $code }) yang sudah selesai { DAY($ends) }, pukul { CLOCK($ends) } WIB, jadi tidak berlaku lagi. Kalau { $name } hadir waktu itu, mintalah petugas mencatatnya dari daftar hadir.
check-in-cancelled = Sesi *{ $session }* ({ $code }) pada { DAY($starts) }, pukul { CLOCK($starts) } WIB, dibatalkan kantor, jadi kehadirannya tidak dicatat.
check-in-not-registered = Kode itu untuk *{ $title }* ({ $code }), dan { $name } tidak terdaftar di kelas itu. Kalau memang mengikutinya, temuilah petugas di lokasi.
check-in-no-seat = { $name } belum punya kursi di *{ $title }* ({ $code }): { state-name }. Jadi kehadirannya belum bisa dicatat; temuilah petugas di lokasi.
check-in-none = { $name } belum terdaftar di Bimtek yang berjalan atau akan datang, jadi belum ada kehadiran yang bisa dicatat. Kalau sudah di lokasi, temuilah petugas.
check-in-unknown = Kode *{ $code }* tidak saya kenal. Periksa lagi tulisannya: kode hadir terdiri dari empat huruf dan angka, tanpa huruf I, L, O dan tanpa angka 0 dan 1.
check-in-too-many = Sudah { $count } kali kodenya tidak cocok, jadi untuk sementara kode tidak saya terima. Coba lagi mulai pukul { CLOCK($at) } WIB, atau mintalah petugas di lokasi mencatat kehadirannya.

confirm-attendance = Baik, ditunggu kehadirannya. Kursi Bapak/Ibu di *{ $title }* ({ $code }) tersimpan, nomor { $number }.
confirm-attendance-here = Kalau sudah di lokasi, tulis HADIR dan kode yang ditunjukkan petugas untuk sesi *{ $session }*, misalnya HADIR 7KQ2. Tanpa kode kehadirannya belum tercatat.
confirm-attendance-unknown = Terima kasih kabarnya. Tulis “status pendaftaran saya” kalau ingin memastikan kursinya ada.
attendance-no-seat = Terima kasih kabarnya. Tetapi { $name } belum terdaftar di Bimtek yang akan datang, jadi belum ada kursinya.
attendance-waiting = Terima kasih kabarnya. { $name } belum punya kursi di *{ $title }* ({ $code }): { state-name }.
attendance-recorded = Di *{ $title }* ({ $code }), { $name } tercatat hadir di { $attended } dari { $sessions } sesi.
attendance-put-right = Kalau sebenarnya hadir, panitia membetulkannya menurut daftar hadir di kertas: mohon sampaikan kepada panitia atau kantor dinas. Kabar ini saya simpan dan bisa dibaca petugas kantor.
report-absence = Terima kasih sudah memberi kabar. Kursi Bapak/Ibu di *{ $title }* ({ $code }) masih tersimpan. Kalau pasti tidak bisa ikut sama sekali, sebaiknya dibatalkan supaya bisa dipakai peserta lain.
report-absence-begun = Terima kasih sudah memberi kabar soal *{ $title }* ({ $code }). Kelasnya sudah dimulai, jadi pendaftarannya tidak bisa dibatalkan lagi; sesi yang tidak diikuti tercatat tidak hadir.
report-absence-part = Kalau hanya berhalangan di sebagian sesi, ikutlah sesi lainnya. Untuk dinyatakan selesai perlu hadir di { $needed } dari { $sessions } sesi; yang hadir sebagian boleh mendaftar lagi di kelas berikutnya.
report-absence-unknown = Terima kasih sudah memberi kabar. Kabar ini saya simpan dan bisa dibaca petugas kantor; mohon sampaikan juga kepada panitia di lokasi. Yang terlambat masih bisa mencatat kehadiran dengan kode hadir sampai sesinya selesai. Kalau sama sekali tidak bisa ikut dan kelasnya belum dimulai, tulis “batalkan pendaftaran saya” supaya kursinya bisa dipakai peserta lain.
report-late = Terima kasih sudah memberi kabar. Kursi Bapak/Ibu di *{ $title }* ({ $code }) tetap tersimpan.
report-late-until = Kehadiran di sesi { $session } bisa dicatat dengan kodenya sampai sesi itu selesai, { DAY($ends) }, pukul { CLOCK($ends) } WIB.
report-kept = Kabar ini saya simpan dan bisa dibaca petugas kantor. Panitia di lokasi tidak otomatis mendapat kabar; kalau mendesak, hubungi juga mereka.

outcome-completed = { $name } *selesai* mengikuti *{ $title }* ({ $code }), nomor { $number }: hadir { $attended } dari { $sessions } sesi. Selamat!
outcome-partial = { $name } mengikuti *sebagian* dari *{ $title }* ({ $code }), nomor { $number }: hadir { $attended } dari { $sessions } sesi. Untuk selesai perlu 80 persen; boleh mendaftar lagi di kelas berikutnya.
outcome-absent = { $name } tercatat *tidak hadir* di *{ $title }* ({ $code }), nomor { $number }: { $attended } dari { $sessions } sesi. Boleh mendaftar lagi di kelas berikutnya. Kalau sebenarnya hadir, sampaikan kepada petugas supaya daftarnya dibetulkan.
attended-so-far = Hadir sejauh ini: { $attended } dari { $sessions } sesi.
profile-attended = { "   " }hadir { $attended } dari { $sessions } sesi
