# Nomor yang lama tidak menulis: apakah masih dipakai orang yang sama?

ask-name =
    Nomor ini sudah lama tidak menulis kepada saya. Supaya data tidak sampai ke orang lain, saya pastikan dulu dengan siapa saya berbicara.

    Mohon tulis *nama lengkap* Bapak/Ibu, seperti yang tercatat di koperasi.
ask-name-again = Untuk yang tadi, mohon tulis *nama lengkap* Bapak/Ibu dulu.
name-in-full = Nama itu belum cukup. Mohon tulis *nama lengkap* Bapak/Ibu, seperti yang tercatat di koperasi.
name-wrong = Maaf, nama itu tidak cocok dengan yang tercatat untuk nomor ini. Mohon tulis *nama lengkap* Bapak/Ibu sekali lagi, seperti yang tercatat di koperasi.
name-tomorrow = Maaf, namanya belum cocok dengan yang tercatat untuk nomor ini, jadi data pribadi belum bisa saya tampilkan hari ini. Mohon hubungi *kantor dinas* atau sekretaris koperasi supaya nomor ini diperiksa, atau coba lagi besok. Pertanyaan soal jadwal, tempat, dan syarat tetap saya jawab.
