# Nomor yang lama tidak menulis: apakah masih dipakai orang yang sama?

ask-name =
    Nomor ini sudah lama tidak menulis kepada saya. Supaya data tidak sampai ke orang lain, saya pastikan dulu dengan siapa saya berbicara.

    Mohon tulis *nama lengkap* Bapak/Ibu, seperti yang tercatat di koperasi.
ask-name-again = Untuk yang tadi, mohon tulis *nama lengkap* Bapak/Ibu dulu.
name-in-full = Nama itu belum cukup. Mohon tulis *nama lengkap* Bapak/Ibu, seperti yang tercatat di koperasi.
name-wrong = Maaf, nama itu tidak cocok dengan yang tercatat untuk nomor ini. Mohon tulis *nama lengkap* Bapak/Ibu sekali lagi, seperti yang tercatat di koperasi. Kalau nomor ini dulu dipakai orang lain, mintalah *kantor dinas* melepaskannya dari nama itu, lalu perkenalkan diri dari nomor ini dengan menulis “daftar”.
name-tomorrow = Maaf, namanya belum cocok dengan yang tercatat untuk nomor ini, jadi data pribadi belum bisa saya tampilkan hari ini. Mohon hubungi *kantor dinas* atau sekretaris koperasi supaya nomor ini diperiksa, atau coba lagi besok. Pertanyaan soal jadwal, tempat, dan syarat tetap saya jawab. Kalau nomor ini dulu dipakai orang lain, mintalah *kantor dinas* melepaskannya dari nama itu, lalu perkenalkan diri dari nomor ini dengan menulis “daftar”.
name-of-another = Terima kasih kabarnya. Kalau nomor ini dulu dipakai orang lain, mintalah *kantor dinas* melepaskannya dari nama itu, lalu perkenalkan diri dari nomor ini dengan menulis “daftar”. Sampai itu selesai, data pribadi tidak saya tampilkan; pertanyaan soal jadwal, tempat, dan syarat tetap saya jawab. Kalau nomornya tercatat atas nama Bapak/Ibu sendiri, tulis nama lengkapnya.
